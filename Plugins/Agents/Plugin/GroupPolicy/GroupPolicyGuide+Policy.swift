// SPDX-License-Identifier: Apache-2.0

extension GroupPolicyGuide {
    var sharing: [Guide.Block] {
        [
            .heading("1. Share the files"),
            .paragraph(
                """
                On `\(request.domainController)`, or better on a file server (then write its name wherever \
                `\(request.domainController)` stands here), in an elevated PowerShell; put your domain's name for `CORP`:
                """
            ),
            .code(
                #"""
                New-Item -ItemType Directory -Path C:\VelociraptorAgent
                icacls C:\VelociraptorAgent /inheritance:r /grant 'SYSTEM:(OI)(CI)F' 'Administrators:(OI)(CI)F'
                icacls C:\VelociraptorAgent /grant 'CORP\Domain Computers:(OI)(CI)RX'
                New-SmbShare -Name '\#(GroupPolicyRequest.share)' -Path C:\VelociraptorAgent -FullAccess 'Administrators' -ReadAccess 'CORP\Domain Computers'
                """#
            ),
            .points([
                """
                Both kinds of permission count: on the share and in NTFS `Domain Computers` get Read, users get nothing. \
                Machines come with their own accounts, not with their users'.
                """,
                "Domain controllers are no members of `Domain Computers`: grant `Domain Controllers` as well to reach them.",
                """
                Copy the files of this folder there and compare them with `\(ArtefactFolder.sums)`: \
                `Get-FileHash *.msi -Algorithm SHA256`.
                """,
            ]),
        ]
    }

    var policy: [Guide.Block] {
        [
            .heading("2. Make the policy"),
            .paragraph(
                """
                In `gpmc.msc` make a GPO named `Velociraptor agent`, not linked yet. No ADMX template is needed. Switch \
                its user half off (Details > GPO Status > User configuration settings disabled).
                """
            ),
            .paragraph(
                """
                Software and start-up scripts run only when a machine starts and waits for the network: set Computer \
                Configuration > Policies > Administrative Templates > System > Logon > `Always wait for the network at \
                computer startup and logon` to Enabled. Without it two restarts may be needed.
                """
            ),
        ] + (request.isRepacked ? assignment : script)
    }

    private var assignment: [Guide.Block] {
        [
            .steps([
                "Edit the GPO: Computer Configuration > Policies > Software Settings > Software installation.",
                """
                New > Package. Type the path as machines see it, `\(request.sharedFolder)\\\(request.payload)`: a local \
                path such as `C:\\VelociraptorAgent` works for nobody.
                """,
                "Choose `Assigned`. `Published` does not exist for computers.",
                "Sign the MSI again before, where only signed installers may run.",
            ]),
            .paragraph(
                """
                A new configuration does not reach machines that have the agent already: the repacked MSI keeps the \
                product code of the vendor's. Make the package without a packager then, and use its start-up script.
                """
            ),
        ]
    }

    private var script: [Guide.Block] {
        [
            .paragraph("A. The start-up script does all of it. This way is the better one:"),
            .steps([
                "Edit the GPO: Computer Configuration > Policies > Windows Settings > Scripts > Startup, the tab Scripts.",
                "Add. Script Name: `powershell.exe`. Script Parameters, in one line:",
            ]),
            .code(
                "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "
                    + #""\#(request.sharedFolder)\\#(WindowsBundle.installScript)""#
            ),
            .paragraph(
                """
                Where a policy demands signed scripts it beats that parameter: sign `\(WindowsBundle.installScript)` then. \
                To change the configuration later, replace `\(GroupPolicyRequest.config)` on the share: at its next start \
                a machine takes it, and restarts the service only then.
                """
            ),
            .paragraph("B. Without a script, software installation and a file preference:"),
            .steps([
                """
                Assign `\(request.sharedFolder)\\\(request.payload)` under Computer Configuration > Policies > Software \
                Settings > Software installation. Its service waits until it finds a configuration that works.
                """,
                """
                Computer Configuration > Preferences > Windows Settings > Files > New > File. Action `Replace`, source \
                `\(request.sharedFolder)\\\(GroupPolicyRequest.config)`, destination `\(WindowsBundle.config)`.
                """,
                """
                The action must be `Replace`: the MSI lays a placeholder there, so `Create` does nothing, and `Update` \
                changes only the attributes of a file that exists.
                """,
                """
                Computer Configuration > Policies > Windows Settings > Security Settings > File System: add \
                `\(WindowsBundle.config)` with Full Control for `SYSTEM` and `Administrators` only. A preference sets no \
                permissions, and every user of the machine could read the nonce.
                """,
            ]),
            .paragraph(
                """
                With B a changed configuration is copied at the next refresh, but the service reads it only when it is \
                restarted. The script with `-ConfigurationOnly` in place of the preference does that, and protects the file.
                """
            ),
        ]
    }
}

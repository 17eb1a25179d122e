// SPDX-License-Identifier: Apache-2.0

extension GroupPolicyGuide {
    var targeting: [Guide.Block] {
        [
            .heading("3. Choose the machines"),
            .steps([
                "Make a security group `Velociraptor agents` and put computer accounts into it, no users.",
                """
                GPO > Delegation > Advanced: give this group Read and Apply group policy; take Apply group policy away \
                from `Authenticated Users`, and leave them Read.
                """,
                """
                Do not remove `Authenticated Users` altogether: since the update MS16-072 a policy is fetched with the \
                machine's account, and without Read it silently does not apply.
                """,
                "A machine learns of its new group when it restarts.",
                "WMI filter in the namespace `root\\CIMv2`, as there is no agent for 32 bits or ARM in this MSI:",
            ]),
            .code(#"SELECT * FROM Win32_OperatingSystem WHERE OSArchitecture LIKE "64%" AND ProductType <> "2""#),
            .paragraph(
                "`ProductType`: 1 is a workstation, 2 a domain controller, 3 a server. Without it all are reached."
            ),
        ]
    }

    var machine: [Guide.Block] {
        let enrolment = request.enrolment
        return [
            .heading("4. What happens on a machine"),
            .points([
                """
                Network: outbound TCP to `\(enrolment.hostname)`, port \(enrolment.frontendPort); nothing inbound. Let no \
                proxy open the TLS: agents trust only the authority above.
                """,
                "Files: `\(WindowsBundle.folder)`, with the configuration in `\(WindowsBundle.config)`.",
                "The agent's key: `\(Self.writeback)`, and a `.bak` beside it.",
                "Service: `\(WindowsBundle.service)`, as LocalSystem, automatic (delayed start).",
                #"Registry: `HKLM\SYSTEM\CurrentControlSet\Services\Velociraptor` is the service."#,
                #"""
                Registry: `HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{PRODUCT-CODE}` with the \#
                DisplayName `Velociraptor` is the installation. Look there: asking `Win32_Product` repairs every MSI of \#
                the machine.
                """#,
                #"Registry: `HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Group Policy\AppMgmt`: what was assigned."#,
            ]),
            .table(
                ["msiexec ends with", "It means"],
                [
                    ["0", "Done."], ["3010", "Done; a restart is wanted."],
                    ["1603", "Failed: the MSI's log says why."],
                    ["1618", "Another installation runs. Again at the next start."],
                    ["1619", "The MSI cannot be opened: path, or the machine's permissions on the share."],
                    ["1605", "On removal: it was not installed."],
                    ["1638", "Another version is installed, and a downgrade is refused."],
                ]
            ),
            .paragraph(
                """
                Golden images: install no agent that has run into an image. Its key in `\(Self.writeback)`, and in the \
                `.bak` beside it, is what makes a client; two machines with one key push each other out (the server \
                answers 409). Stop the service and delete both before sealing an image.
                """
            ),
        ]
    }

    static let writeback = #"\#(WindowsBundle.folder)\velociraptor.writeback.yaml"#
}

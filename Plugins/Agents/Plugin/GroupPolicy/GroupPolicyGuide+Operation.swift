// SPDX-License-Identifier: Apache-2.0

extension GroupPolicyGuide {
    var trial: [Guide.Block] {
        let labels = request.enrolment.labels.map { "\"\($0)\"" }.joined(separator: ", ")
        let source: Prose =
            request.isRepacked
            ? "Application log: `MsiInstaller` (1033, 11707: installed; 11708: failed)."
            : """
            Application log: `MsiInstaller` (1033, 11707: installed; 11708: failed) and `\(GroupPolicyScript.eventSource)` \
            (the script; 4: an error).
            """
        return [
            .heading("5. Try it"),
            .steps([
                "Make an OU for a pilot, move two or three machines into it, and link the GPO to that OU only.",
                "On one of them, elevated: `gpupdate /force`, then restart.",
                "`gpresult /h report.html`: the GPO is under Applied, not under Denied. Denied tells the reason.",
                "`Get-Service \(WindowsBundle.service)` says Running.",
                "`Test-NetConnection \(request.enrolment.hostname) -Port \(request.enrolment.frontendPort)` succeeds.",
                source,
                """
                System log: `Application Management Group Policy` (software installation) and `GroupPolicy` \
                (Microsoft-Windows-GroupPolicy); the details are in `Microsoft-Windows-GroupPolicy/Operational`.
                """,
                """
                `check_agent_deployment` with `deployment_id` `\(request.enrolment.deploymentID)` and `labels` \
                `[\(labels)]` lists the pilot's machines as online.
                """,
                "Only then link the GPO to further OUs, some hundred machines at a time.",
            ]),
        ]
    }

    var afterwards: [Guide.Block] {
        [
            .heading("Rollback"),
            .points([
                "Disable the GPO's link: no further machine gets the agent. Those that have it keep it.",
                "Stop one agent at once: `Stop-Service \(WindowsBundle.service)`; for good, remove it as below.",
                """
                Should the configuration have come into wrong hands, its nonce has to be changed at the server, and all \
                agents need the new one.
                """,
            ]),
            .heading("Remove"),
        ] + removal + [
            .paragraph(
                """
                The agent's key stays without `-Wipe`, so that a machine that is installed again is the same client. \
                Remove the GPO's link, and the share, only after all machines have started once.
                """
            )
        ]
    }

    private var removal: [Guide.Block] {
        var steps: [Prose] = []
        if !request.isRepacked { steps.append("Take the start-up script, or the file preference, out of the GPO.") }
        steps += [
            """
            Where the MSI is assigned: Software installation > the package > All Tasks > Remove > `Immediately uninstall \
            the software from users and computers`.
            """,
            "Add a start-up script: `powershell.exe`, with these parameters, in one line:",
        ]
        return [
            .steps(steps),
            .code(
                "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "
                    + #""\#(request.sharedFolder)\\#(WindowsBundle.removeScript)""#
            ),
            .paragraph("It also takes the configuration away, which the MSI may leave. Run again, it does nothing."),
        ]
    }
}

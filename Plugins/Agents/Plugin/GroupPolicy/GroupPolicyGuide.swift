// SPDX-License-Identifier: Apache-2.0

import DeploymentKit

/// What an administrator of a domain does with the package.
struct GroupPolicyGuide: Sendable {
    let request: GroupPolicyRequest

    var document: Guide {
        Guide(
            title: "Velociraptor agents by Group Policy",
            blocks: overview + sharing + policy + targeting + machine + trial + afterwards
        )
    }

    /// The same in a few lines, for the answer of the tool.
    var steps: [String] {
        let installing =
            request.isRepacked
            ? "In a new GPO assign \(request.sharedFolder)\\\(request.payload) under Computer Configuration >"
                + " Policies > Software Settings > Software installation."
            : "In a new GPO add the start-up script \(WindowsBundle.installScript) as \(GroupPolicyRequest.markdown) shows."
        return [
            "Copy the folder's files to \(request.sharedFolder), readable by Domain Computers only.", installing,
            "Security filtering: Apply for a group of computers, Read for Authenticated Users (MS16-072).",
            "Link the GPO to a pilot OU; gpupdate /force, restart, gpresult /h report.html, Get-Service"
                + " \(WindowsBundle.service).",
            "check_agent_deployment with the labels \(request.enrolment.labels.joined(separator: ", ")).",
            "The whole, with rollback and removal: \(GroupPolicyRequest.markdown) or \(GroupPolicyRequest.html).",
        ]
    }

    private var overview: [Guide.Block] {
        let enrolment = request.enrolment
        return [
            .table(
                ["What", "Value"],
                [
                    ["Deployment", "`\(enrolment.name)` (`\(enrolment.deploymentID)`)"],
                    ["Server", "`\(enrolment.serverURL)`"],
                    ["Authority", "SHA-256 `\(enrolment.caFingerprint)`"],
                    ["Labels of these agents", "`\(enrolment.labels.joined(separator: ", "))`"],
                    ["Vendor's MSI", "SHA-256 `\(request.program.sha256)`"],
                ]
            ),
            .paragraph(
                """
                `\(secret)` lets anybody enrol with this server. Treat it as a password: it belongs on a share that only \
                machines read, never into `SYSVOL` or `NETLOGON`, which every user reads.
                """
            ),
            .heading("Files"),
            .table(["File", "What it is for"], files.map { ["`\($0.name)`", $0.use] }),
        ]
    }

    private var secret: String { request.isRepacked ? request.payload : GroupPolicyRequest.config }

    private var files: [(name: String, use: Prose)] {
        var files: [(name: String, use: Prose)] = []
        func add(_ name: String, _ use: Prose) { files.append((name, use)) }
        if request.isRepacked {
            add(request.payload, "The vendor's MSI with the configuration in it. Repacking broke its signature.")
        } else {
            add(request.payload, "The vendor's MSI as it is, signed.")
            add(GroupPolicyRequest.config, "The agents' configuration.")
            add(WindowsBundle.installScript, "Start-up script: installs, and keeps the configuration up to date.")
        }
        add(WindowsBundle.removeScript, "Removes the agent; with `-Wipe` its key, too.")
        add(GroupPolicyRequest.markdown, "This document.")
        add(GroupPolicyRequest.html, "The same for a browser.")
        add(ArtefactFolder.sums, "The sums of all files, but of itself.")
        return files
    }
}

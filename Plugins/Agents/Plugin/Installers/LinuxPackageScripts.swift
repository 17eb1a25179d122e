// SPDX-License-Identifier: Apache-2.0

/// What a package does beside putting its files where they belong. A machine without systemd, such as one that is only
/// being built, gets the files and no start.
enum LinuxPackageScripts {
    /// After the files are there.
    static let started = """
        if [ -d /run/systemd/system ]; then
            systemctl daemon-reload
            systemctl enable \(LinuxAgent.service).service
            systemctl restart \(LinuxAgent.service).service
        fi
        """

    /// Before the files go.
    static let stopped = """
        if [ -d /run/systemd/system ]; then
            systemctl disable --now \(LinuxAgent.service).service || true
        fi
        """

    static let reloaded = """
        if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
        """

    static let debian: [String: String] = [
        "postinst": shell("if [ \"$1\" != configure ]; then exit 0; fi\n" + started),
        "prerm": shell("if [ \"$1\" = upgrade ]; then exit 0; fi\n" + stopped),
        // The key stays when the package is removed, so that the machine keeps its client id; purging is for good.
        "postrm": shell(
            reloaded + "\nif [ \"$1\" = purge ]; then\n    rm -f \(LinuxAgent.ownFiles.joined(separator: " "))\nfi"
        ),
    ]

    private static func shell(_ body: String) -> String { "#!/bin/sh\nset -e\n\(body)\n" }
}

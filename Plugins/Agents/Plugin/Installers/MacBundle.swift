// SPDX-License-Identifier: Apache-2.0

/// A folder for Macs: the vendor's program as it is, because any change breaks its signature, the configuration beside it,
/// and scripts that install and remove.
struct MacBundle: Sendable {
    static let program = "/usr/local/bin/velociraptor"
    static let config = "/usr/local/bin/velociraptor.config.yaml"
    static let label = "com.velocidex.velociraptor"
    static let plistPath = "/Library/LaunchDaemons/com.velocidex.velociraptor.plist"
    static let plistName = "com.velocidex.velociraptor.plist"
    /// The agent's own key, from which its client id follows, and what it could not send yet: as on Linux.
    static let ownFiles = LinuxAgent.ownFiles
    static let installScript = "install.sh"
    static let removeScript = "remove.sh"

    let sha256: String

    /// The same that `velociraptor service install` writes, so that either can take the other's place.
    static let plist = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
          <key>Label</key>
          <string>\(label)</string>
          <key>ProgramArguments</key>
          <array>
            <string>\(program)</string>
            <string>client</string>
            <string>--config</string>
            <string>\(config)</string>
            <string>--quiet</string>
          </array>
          <key>KeepAlive</key>
          <true/>
          <key>RunAtLoad</key>
          <true/>
        </dict>
        </plist>

        """

    var installation: String {
        """
        #!/bin/sh
        # Installs the Velociraptor agent of this folder. Running it again upgrades. Needs root.
        set -eu
        cd "$(dirname "$0")"
        [ "$(id -u)" = 0 ] || { echo 'Run this as root: sudo ./install.sh' >&2; exit 1; }
        echo '\(sha256)  velociraptor' | shasum -a 256 -c - >/dev/null || { echo 'velociraptor was changed.' >&2; exit 1; }
        launchctl bootout system/\(Self.label) 2>/dev/null || true
        mkdir -p /usr/local/bin
        install -m 0755 -o root -g wheel velociraptor \(Self.program)
        install -m 0600 -o root -g wheel client.config.yaml \(Self.config)
        # A download is quarantined, and a quarantined program is not started by the system.
        xattr -d com.apple.quarantine \(Self.program) 2>/dev/null || true
        install -m 0644 -o root -g wheel \(Self.plistName) \(Self.plistPath)
        launchctl bootstrap system \(Self.plistPath)
        launchctl print system/\(Self.label) >/dev/null
        echo 'The Velociraptor agent is installed.'

        """
    }

    static let removal = """
        #!/bin/sh
        # Removes the Velociraptor agent. With --wipe its key goes, too: installed again, the machine is a new client.
        set -eu
        [ "$(id -u)" = 0 ] || { echo 'Run this as root: sudo ./remove.sh' >&2; exit 1; }
        launchctl bootout system/\(label) 2>/dev/null || true
        rm -f \(plistPath) \(program) \(config)
        if [ "${1:-}" = --wipe ]; then
            rm -f \(ownFiles.joined(separator: " "))
        fi
        echo 'The Velociraptor agent is removed.'

        """
}

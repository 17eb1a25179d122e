// SPDX-License-Identifier: Apache-2.0

public import Foundation
internal import Glibc

/// What a test's machine cannot do itself: run services under systemd, ask for sudo's password.
///
/// The programs lie in a folder that goes before all others in a script's `PATH`. Services are told apart by their
/// names.
public struct FakeMachine: Sendable {
    public let folder: URL
    /// Where units are; their services' journals lie beside them.
    public let units: URL
    /// `PATH` with these programs first.
    public let path: String
    /// The same, where the user is not root and may not use sudo.
    public let weakPath: String
    /// The same, where sudo wants the password `open sesame`.
    public let guardedPath: String

    /// - Parameters:
    ///   - folder: is made. Not in a temporary folder: a unit that hides those may be what is tested.
    ///   - units: is made; left out: a folder in it.
    public init(folder: URL, units: URL? = nil) throws {
        self.folder = folder
        self.units = units ?? folder.appending(path: "units")
        let usual = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        path = "\(folder.path)/bin:\(usual)"
        weakPath = "\(folder.path)/weak:\(path)"
        guardedPath = "\(folder.path)/guarded:\(path)"
        let folders = ["bin", "weak", "guarded"].map { folder.appending(path: $0) } + [self.units]
        for folder in folders { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        try write("bin/systemctl", Self.systemctl.replacing("@UNITS@", with: self.units.path))
        try write("bin/journalctl", Self.journalctl.replacing("@UNITS@", with: self.units.path))
        try write("weak/id", "[ \"$*\" = -u ] && echo 1000 || exec /usr/bin/id \"$@\"\n")
        try write("weak/sudo", "echo 'sudo: a password is required' >&2; exit 1\n")
        try write("guarded/id", "[ \"$*\" = -u ] && [ -z \"$RAISED\" ] && echo 1000 || exec /usr/bin/id \"$@\"\n")
        try write("guarded/sudo", Self.guardedSudo)
    }

    /// Ends a service, and takes away all that lies beside its unit.
    public func end(_ unit: String) {
        let pid = (try? String(contentsOf: units.appending(path: "\(unit).pid"), encoding: .utf8)) ?? ""
        if let pid = Int32(pid.trimmingCharacters(in: .whitespacesAndNewlines)) { kill(-pid, SIGKILL) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: units.path)) ?? []
        for name in names where name.hasPrefix(unit) {
            try? FileManager.default.removeItem(at: units.appending(path: name))
        }
    }

    /// Puts a program of the test's own there, in shell.
    ///
    /// - Parameter name: with its folder: `bin`, `weak` or `guarded`.
    public func write(_ name: String, _ text: String) throws {
        let file = folder.appending(path: name)
        try Data("#!/bin/sh\n\(text)".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    /// Takes the password from the first line of its input, and leaves the rest to the command, as sudo does.
    private static let guardedSudo = """
        while [ $# -gt 0 ]; do case "$1" in
            -n) echo 'sudo: a password is required' >&2; exit 1;;
            -p) shift 2;;
            --) shift; break;;
            -*) shift;;
            *) break;; esac; done
        IFS= read -r password
        [ "$password" = 'open sesame' ] || { echo 'sudo: 1 incorrect password attempt' >&2; exit 1; }
        RAISED=1 exec "$@"

        """

    private static let systemctl = #"""
        cd @UNITS@ || exit 1
        command=$1; shift
        property=; now=
        while [ $# -gt 0 ]; do case "$1" in
            -p) property=$2; shift 2;;
            --now) now=1; shift;;
            -*) shift;;
            *) unit=$1; shift;; esac; done
        alive() {
            [ -e "$unit.pid" ] && state=$(cut -d' ' -f3 "/proc/$(cat "$unit.pid")/stat" 2>/dev/null) && [ "$state" != Z ]
        }
        launch() {
            [ -e "$unit" ] || { echo "Unit $unit not found." >&2; exit 5; }
            line=$(sed -n 's/^ExecStart=//p' "$unit")
            setsid $line >> "$unit.journal" 2>&1 < /dev/null &
            echo $! > "$unit.pid"
            cut -d' ' -f1 /proc/uptime | tr -d . > "$unit.entered.new"
            while [ "$(cat "$unit.entered.new")" = "$(cat "$unit.entered" 2>/dev/null)" ]; do
                cut -d' ' -f1 /proc/uptime | tr -d . > "$unit.entered.new"
            done
            mv "$unit.entered.new" "$unit.entered"
        }
        halt() { rm -f "$unit.wanted"; while alive; do kill -s KILL -- "-$(cat "$unit.pid")" 2>/dev/null; done; }
        case $command in
            is-system-running) echo running;;
            daemon-reload|reset-failed) ;;
            enable) [ -e "$unit" ] && : > "$unit.enabled";;
            is-enabled) if [ -e "$unit.enabled" ]; then echo enabled; else echo disabled; exit 1; fi;;
            disable) rm -f "$unit.enabled"; [ -z "$now" ] || halt;;
            start) rm -f "$unit.restarts"; : > "$unit.wanted"; alive || launch;;
            restart) halt; rm -f "$unit.restarts"; : > "$unit.wanted"; launch;;
            stop) halt;;
            is-active)
                if alive; then echo active
                elif [ -e "$unit.wanted" ]; then
                    echo x >> "$unit.restarts"; launch; echo activating; exit 3
                else echo inactive; exit 3; fi;;
            show)
                case $property in
                    NRestarts) [ -e "$unit.restarts" ] && grep -c x "$unit.restarts" || echo 0;;
                    ActiveEnterTimestampMonotonic) cat "$unit.entered" 2>/dev/null || echo 0;;
                    ActiveEnterTimestamp) [ -e "$unit.entered" ] && date -r "$unit.entered";;
                esac;;
        esac
        """#

    private static let journalctl = #"""
        while [ $# -gt 0 ]; do case "$1" in
            -u) unit=$2; shift 2;;
            -n) count=$2; shift 2;;
            *) shift;; esac; done
        tail -n "$count" "@UNITS@/$unit.journal" 2>/dev/null
        """#
}

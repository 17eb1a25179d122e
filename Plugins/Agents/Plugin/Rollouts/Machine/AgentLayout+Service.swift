// SPDX-License-Identifier: Apache-2.0

/// What is said to whoever keeps the agent running. All of it is for root's shell.
extension AgentLayout {
    var serviceName: String {
        switch supervisor {
        case .systemd: "\(LinuxAgent.service).service"
        case .openRC: LinuxAgent.service
        case .launchd: MacBundle.label
        }
    }

    /// The shell's functions `active` and `enabled`.
    var serviceState: String {
        switch supervisor {
        case .systemd:
            """
            active() { [ "$(systemctl is-active \(serviceName) 2>/dev/null)" = active ]; }
            enabled() { [ "$(systemctl is-enabled \(serviceName) 2>/dev/null)" = enabled ]; }
            """
        case .openRC:
            """
            active() { rc-service \(serviceName) status >/dev/null 2>&1; }
            enabled() { rc-update show default 2>/dev/null | grep -qw \(serviceName); }
            """
        case .launchd:
            """
            active() { launchctl print system/\(serviceName) 2>/dev/null | grep -q 'state = running'; }
            enabled() { launchctl print system/\(serviceName) >/dev/null 2>&1; }
            """
        }
    }

    /// Makes the service known and starts it, or starts it anew.
    var start: String {
        switch supervisor {
        case .systemd:
            """
            set -e
            systemctl daemon-reload
            systemctl enable \(serviceName)
            systemctl reset-failed \(serviceName) 2>/dev/null || true
            systemctl restart \(serviceName)
            """
        case .openRC:
            """
            set -e
            rc-update add \(serviceName) default
            rc-service \(serviceName) restart
            """
        case .launchd:
            // What was loaded is gone only a while after it was told to go.
            """
            launchctl bootout system/\(serviceName) 2>/dev/null
            launchctl enable system/\(serviceName)
            n=0
            until launchctl bootstrap system '\(serviceFile)'; do
                n=$((n+1)); [ $n -lt 10 ] || exit 1; sleep 1
            done
            """
        }
    }

    /// Fails unless the service runs, and still does after three seconds: a program that ends at once is started again
    /// and again, and looks alive in between.
    var check: String {
        """
        \(serviceState)
        n=0
        while [ $n -lt 3 ]; do
            sleep 1
            active || { echo 'the service does not stay up' >&2; exit 1; }
            n=$((n+1))
        done
        """
    }

    /// Ends the service for good. One that is not there is ended.
    var end: String {
        switch supervisor {
        case .systemd:
            "\(serviceState)\nsystemctl disable --now \(serviceName) 2>/dev/null\n! active"
        case .openRC:
            """
            \(serviceState)
            rc-service \(serviceName) stop 2>/dev/null
            rc-update del \(serviceName) default 2>/dev/null
            ! active
            """
        case .launchd:
            """
            \(serviceState)
            launchctl bootout system/\(serviceName) 2>/dev/null
            n=0
            while enabled; do n=$((n+1)); [ $n -lt 10 ] || exit 1; sleep 1; done
            """
        }
    }

    /// After the service's file is gone.
    var forget: String { supervisor == .systemd ? "systemctl daemon-reload" : "true" }

    /// Where a person finds out why it does not run.
    var whereToLook: String {
        switch supervisor {
        case .systemd: "journalctl -u \(serviceName) on that machine tells why."
        case .openRC: "rc-service \(serviceName) status and the system's log on that machine tell why."
        case .launchd: "launchctl print system/\(serviceName) on that machine tells why."
        }
    }
}

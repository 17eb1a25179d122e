// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import LinuxServer
import Machines
import MegaraptorErrors

extension Site {
    /// Looks at everything that a deployment touches.
    func facts() async throws(MegaraptorError) -> MachineFacts {
        let files = try watched.map(quotedWord).joined(separator: " ")
        let folders = try [layout.configFolder, layout.datastore, layout.logs].map(quotedWord).joined(separator: " ")
        let text = """
            \(Script.say)
            say system "$(uname -s)"; say machine "$(uname -m)"; say time "$(date +%s)"
            m=; for t in sha256sum chown chmod mv cut awk df getent; do command -v $t >/dev/null || m="$m $t"; done; say missing "$m"
            say systemd "$(command -v systemctl >/dev/null && systemctl is-system-running 2>/dev/null)"
            say account "$(getent passwd \(layout.user))"
            for f in \(files); do if [ -f "$f" ]; then say "file:$f" "$(sha256sum < "$f" | cut -c1-64)"; fi; done
            for d in \(folders); do if [ -d "$d" ]; then
                if [ -n "$(ls -A "$d")" ]; then say "folder:$d" used; else say "folder:$d" empty; fi; fi; done
            if command -v systemctl >/dev/null; then
                say active "$(systemctl is-active \(layout.unitName) 2>/dev/null)"
                say enabled "$(systemctl is-enabled \(layout.unitName) 2>/dev/null)"
                say restarts "$(systemctl show -p NRestarts --value \(layout.unitName) 2>/dev/null)"
                say entered "$(systemctl show -p ActiveEnterTimestampMonotonic --value \(layout.unitName) 2>/dev/null)"
                s=$(systemctl show -p ActiveEnterTimestamp --value \(layout.unitName) 2>/dev/null)
                if [ -n "$s" ]; then say started "$(date -u -d "$s" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null)"; fi
            fi
            d=\(try quoted(layout.datastore)); while [ ! -e "$d" ]; do d=$(dirname "$d"); done
            say space "$(df -Pk "$d" | awk 'NR==2 {print $4}')"
            say listening "$(awk '$4=="0A" {printf "%s ", $2}' /proc/net/tcp /proc/net/tcp6 2>/dev/null)"
            \(firewallScript)
            true
            """
        return MachineFacts(try await run("looking at the machine", text))
    }

    /// Asks the firewalls that are on, and only those.
    private var firewallScript: String {
        let port = deployment.frontend.port
        return """
            if command -v ufw >/dev/null && ufw status 2>/dev/null | grep -q '^Status: active'; then
                if ufw status | grep -Eq '^\(port)(/tcp)? +ALLOW'; then say firewall 'ufw open'; else say firewall 'ufw shut'; fi
            elif command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then
                if firewall-cmd --query-port=\(port)/tcp >/dev/null; then say firewall 'firewalld open'; else say firewall 'firewalld shut'; fi
            fi
            """
    }

    private func quotedWord(_ text: String) throws(MegaraptorError) -> String { try quoted(text) }
}

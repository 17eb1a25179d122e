// SPDX-License-Identifier: Apache-2.0

import LinuxServer
import Machines
import MegaraptorErrors

/// The server's latest lines: systemd's journal, or the newest file of its log folder where that is empty.
struct ServerLog {
    let site: Site

    func lines(_ count: Int) async throws(MegaraptorError) -> [String] {
        let folder = try quoted(site.layout.logs)
        let script = """
            j=$(journalctl -u \(site.layout.unitName) -n \(count) --no-pager -o short-iso 2>/dev/null | grep -v '^-- ')
            if [ -n "$j" ]; then printf '%s\\n' "$j"; exit; fi
            f=$(ls -t \(folder) 2>/dev/null | head -n 1)
            if [ -n "$f" ]; then tail -n \(count) \(folder)/"$f"; fi
            """
        return try await site.attempt(Script(script, outputLimit: 4 << 20)).lines
    }
}

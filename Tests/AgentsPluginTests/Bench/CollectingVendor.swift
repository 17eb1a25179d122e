// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue

extension AgentsBench {
    /// Stands for the vendor's program where it builds collectors: takes the commands in the order and with the words of
    /// 0.77.2, builds only where the program was uploaded before, and makes a file of the specification that it was given.
    func collectorVendor() throws -> JSONValue {
        try vendor(
            """
            set -eu
            case "$1 ${2:-}" in
            "config generate")
                test "$3" = --merge
                python3 -c 'import json,sys; print(json.loads(sys.argv[1])["Datastore"]["location"])' "$4"
                exit 0 ;;
            "collector --datastore")
                test -f "$3/uploaded" || { echo 'client_repack: Get "https://github.com/"' >&2; exit 1; }
                test -f "$4"
                mkdir "$3/out"
                cp "$4" "$3/out/Collector"
                echo "[{\\"Repacked\\": {\\"Path\\": \\"$3/out/Collector\\"}}]"
                exit 0 ;;
            esac
            test "$1" = --config && test -f "$2"
            case "$3 $4" in
            "artifacts list") printf 'Generic.Client.Info\\nLinux.Sys.Pslist\\nWindows.System.Pslist\\n'; exit 0 ;;
            "tools upload")
                test "$5 $7 $8" = "--name --tool_version 0.77.2" && test -f "$9"
                echo "$6" >"$(cat "$2")/uploaded"; exit 0 ;;
            esac
            exit 9
            """
        )
    }
}

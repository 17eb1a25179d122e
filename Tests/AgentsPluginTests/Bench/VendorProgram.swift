// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue

extension AgentsBench {
    /// Stands for the vendor's program: takes its commands exactly in the order that 0.77.2 takes them, and makes a file
    /// with the configuration in it.
    ///
    /// - Parameter deed: what it does in place of packing, in shell.
    func vendor(_ deed: String? = nil) throws -> JSONValue {
        let packing = """
            set -eu
            case "$1 ${2:-}" in
            "version ") echo 'name: velociraptor'; echo 'version: 0.77.2'; exit 0 ;;
            "config repack")
                if [ "$3" = --msi ]; then shift; fi
                test -f "$3" && cat "$4" >"$5"; exit 0 ;;
            esac
            test "$1" = --config && test "$4" = client && test "$5" = --output && test "$7" = --binary || exit 9
            test -d "$6" && test -f "$8"
            case "$3" in
            debian) name="$6/velociraptor_client_0.77.2_amd64.deb" ;;
            rpm) name="$6/velociraptor_client_0.77.2_x86_64.rpm" ;;
            *) exit 8 ;;
            esac
            cat "$2" >"$name"
            echo '[INFO] made' >&2
            echo "[{\\"OSPath\\": \\"$name\\"}]"
            """
        let other = deed.map { "if [ \"$1\" = version ]; then echo 'name: velociraptor'; exit 0; fi\n\($0)" }
        let path = folder.appending(path: "vendor-\(UUID().uuidString)")
        try Data("#!/bin/sh\n\(other ?? packing)\n".utf8).write(to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.path)
        return .string(path.path)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A program that stands in for the server: it insists on the same arguments, files and rights, reads its certificate and
/// port out of the configuration, and serves `/server.pem` over TLS as the real one does.
enum StandIn {
    /// - Parameter version: makes another program of it.
    static func script(version: String = "1") -> String {
        """
        #!/bin/busybox sh
        # version \(version)
        say() { echo "[INFO] $*"; }
        fail() { echo "velociraptor: error: frontend: $*" >&2; exit 1; }
        [ "$1 $3 $4 $5" = "--config frontend -v --disable-panic-guard" ] || fail "unexpected arguments $*"
        config=$2
        bb=/bin/busybox
        [ "$($bb id -u)" != 0 ] || fail "running as root"
        [ -r "$config" ] || fail "open $config: permission denied"
        [ "$($bb stat -c %a "$config")" = 400 ] || fail "$config can be read by others"
        echo start >>/var/lib/velociraptor/datastore/starts || fail "mkdir datastore: permission denied"
        echo start >>/var/log/velociraptor/server/log || exit 2
        if echo x 2>/dev/null >/bin/written; then fail "the root can be written"; fi
        $bb grep -q "^broken: true" "$config" && fail "yaml: unmarshal errors: line 1: field broken not found"
        port=$($bb sed -n 's/^  bind_port: //p' "$config")
        $bb sed -n '/^  certificate:/,/END CERT/p' "$config" | $bb sed '1d;s/^    //' >/tmp/server.pem
        $bb sed -n '/^  private_key:/,/END RSA/p' "$config" | $bb sed '1d;s/^    //' >/tmp/key.pem
        say "Starting gRPC API server on 127.0.0.1:8001, version \(version)"
        cd /tmp
        /bin/openssl s_server -quiet -accept "127.0.0.1:$port" -cert server.pem -key key.pem -WWW &
        trap "kill $!; exit 0" TERM INT
        say "Frontend is ready to handle client TLS requests at https://127.0.0.1:$port/"
        wait
        fail "the server ended"
        """
    }
}

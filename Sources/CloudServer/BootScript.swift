// SPDX-License-Identifier: Apache-2.0

internal import DeployerKit
public import LinuxServer

/// What the machine runs to become a server: bash, for any Linux with systemd.
///
/// It holds no secret: it fetches configuration and certificate from the cloud's secrets service, as the machine's own
/// identity. It may run any number of times, and changes only what is not yet as it should be.
///
/// The template puts the values before it, as shell variables: ``variables``. The cloud brings the functions
///
/// | function | what it does |
/// |---|---|
/// | `prepare` | whatever the others need |
/// | `fetch_secret NAME VERSION FILE` | writes a secret into a file; an empty version is the current one |
/// | `attach_data_disk` | attaches the disk and sets `data_device` |
/// | `attach_address` | takes the lasting address |
/// | `signal_result CODE REASON` | tells the template engine; never fails |
/// | `try_again` | after a failure: lets the script run again later, where nobody else does |
/// | `install_log_shipping`, `install_updates` | as the cloud does it |
public struct BootScript: Sendable {
    public let unit: UnitFile
    public let functions: String
    public let hasCertificate: Bool
    /// What comes before each path; empty on a real machine.
    public let root: String

    public init(unit: UnitFile, functions: String, hasCertificate: Bool, root: String = "") {
        self.unit = unit
        self.functions = functions
        self.hasCertificate = hasCertificate
        self.root = root
    }

    /// What must be set before the script: everything that a template's parameters decide.
    public static let variables = [
        "PROGRAM_URL", "PROGRAM_SHA256", "CONFIGURATION_SECRET", "CONFIGURATION_VERSION", "CERTIFICATE_SECRET",
    ]

    /// Everything but the first line and the variables.
    public var text: String {
        [settings, Self.control, functions, Self.disk, Self.program, Self.configuration, service, steps]
            .joined(separator: "\n")
    }

    private var settings: String {
        let layout = unit.layout
        return """
            set -euo pipefail
            set +x
            umask 077

            readonly root='\(root)'
            readonly service_user='\(layout.user)' service_id=7600 service='\(layout.service)'
            readonly datastore="$root\(layout.datastore)" logs="$root\(layout.logs)" folder="$root\(layout.configFolder)"
            readonly program="$root\(layout.binary)" unit="$root\(layout.unit)" mounts="$root/etc/fstab"
            readonly frontend_port=\(unit.deployment.frontend.port) gui_port=\(unit.deployment.gui.port)
            changed=0 step='start' reason='' data_device=''

            """
    }

    private var service: String {
        """
        write_unit() {
          begin 'service'
          cat >"$unit.next" <<'UNIT'
        \(unit.text)UNIT
          chmod 0644 "$unit.next"
          replace "$unit.next" "$unit"
          systemctl daemon-reload
          systemctl enable "$service"
        }

        start_server() {
          begin 'start'
          if [ "$changed" -eq 1 ]; then systemctl restart "$service"; else systemctl start "$service"; fi
        }

        status_of() { curl --insecure --silent --output /dev/null --max-time 5 --write-out '%{http_code}' "$1" || true; }

        # A server whose port is taken stays alive, so only answers count, never the process.
        await_server() {
          begin 'readiness'
          local frontend='' gui='' attempt
          for attempt in {1..60}; do
            frontend=$(status_of "https://127.0.0.1:$frontend_port/server.pem")
            gui=$(status_of "https://127.0.0.1:$gui_port/")
            if [[ "$frontend" == 200 && "$gui" =~ ^[23] ]]; then return 0; fi
            sleep 2
          done
          journalctl --unit "$service" --lines 20 --no-pager >&2 || true
          fail "The server does not answer after $attempt attempts: frontend '$frontend', GUI '$gui'."
        }

        """
    }

    private var steps: String {
        """
        prepare
        make_user
        begin 'address'
        attach_address
        mount_data_disk
        install_program
        install_configuration
        \(hasCertificate ? "install_certificate\n" : "")write_unit
        begin 'log shipping'
        install_log_shipping
        begin 'security updates'
        install_updates
        start_server
        await_server

        """
    }
}

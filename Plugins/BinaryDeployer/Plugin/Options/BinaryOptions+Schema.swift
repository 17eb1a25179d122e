// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorPluginKit

extension BinaryOptions {
    static let schema = Schema.object(reaching + placing)

    /// Paths go into scripts and into the unit, so they hold nothing that either could take for more than a name.
    private static let path = Schema.string(pattern: "^(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$")
    private static let word = Schema.string(pattern: "^[a-z][a-z0-9_-]{0,30}$")
    private static let secret = Schema.string(pattern: "^ssh[A-Za-z0-9._-]*$")

    private static let reaching: [Schema.Member] = [
        .required(
            "target_host",
            .string(pattern: "^[A-Za-z0-9_][A-Za-z0-9._:-]*$").described(
                "The Linux machine with systemd that will run the server: `localhost` for this one, without SSH; else a"
                    + " name or an address reached by SSH."
            ).examples("localhost", "velociraptor.example.org")
        ),
        .optional("port", .integer(1...65_535).described("Of the SSH server. Left out: 22.")),
        .optional(
            "user",
            .string(pattern: "^[A-Za-z0-9_][A-Za-z0-9._@-]*$").described(
                "Who logs in: root, or somebody who may use sudo. Left out: root."
            )
        ),
        .optional("key_file", .string.described("A private key on this machine, as an absolute path.")),
        .optional("key_passphrase_secret", secret.described("The name of the secret that opens the key file.")),
        .optional("password_secret", secret.described("The name of the secret with the password to log in with.")),
        .optional("sudo_password_secret", secret.described("The name of the secret with the password for sudo.")),
        .optional(
            "use_agent",
            .boolean.described("Try the keys of the SSH agent. Left out: only if neither key nor password is given.")
        ),
        .optional(
            "known_hosts",
            .string.described("The file of known host keys. Left out: the user's and the system's.")
        ),
        .optional(
            "host_key_fingerprint",
            .string(pattern: "^SHA256:[A-Za-z0-9+/]{43}$").described(
                "The host key's fingerprint as ssh-keygen -l prints it, for a machine that is in no file of known hosts."
            )
        ),
    ]

    private static let placing: [Schema.Member] = [
        .optional(
            "instance",
            word.described("A name that sets a second server on one machine apart: it goes into all defaults below.")
        ),
        .optional(
            "service_user",
            word.described("The user that the server runs as; made if it is not there. Left out: velociraptor.")
        ),
        .optional(
            "service_name",
            .string(pattern: "^[A-Za-z0-9_][A-Za-z0-9_-]{0,60}$").described(
                "The systemd unit without .service. Left out: velociraptor_server."
            )
        ),
        .optional("binary_path", path.described("Left out: /usr/local/bin/velociraptor-server.")),
        .optional("config_folder", path.described("Left out: /etc/velociraptor. Holds nothing else.")),
        .optional("datastore", path.described("Left out: /var/lib/velociraptor. Holds the evidence.")),
        .optional("log_folder", path.described("Left out: /var/log/velociraptor.")),
        .optional("unit_folder", path.described("Where systemd looks for units. Left out: /etc/systemd/system.")),
        .optional(
            "open_firewall",
            .boolean.described("Let agents through ufw or firewalld. Left out: only told when one is in the way.")
        ),
        .optional("start_seconds", .integer(1...900).described("How long a start may take. Left out: 60.")),
    ]
}

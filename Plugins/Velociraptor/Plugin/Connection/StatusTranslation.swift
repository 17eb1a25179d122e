// SPDX-License-Identifier: Apache-2.0

public import GRPCTransport
internal import JSONValue
public import MegaraptorErrors

/// Turns the status of a failed call into a sentence of its own for each cause.
///
/// Most failures of TLS reach the caller as `unavailable`; the core's text and what is known of the local
/// certificates tell them apart.
public struct StatusTranslation: Sendable {
    let configuration: APIClientConfiguration

    public init(_ configuration: APIClientConfiguration) {
        self.configuration = configuration
    }

    public func error(for status: GRPCStatus) -> MegaraptorError {
        let text = VisibleText.escape(status.details)
        var error =
            switch status.code {
            case .unavailable: unavailable(text)
            case .unknown: unknown(text)
            case .permissionDenied: permissionDenied(text)
            case .resourceExhausted: resourceExhausted(text)
            case .internal: internalError(text)
            case .deadlineExceeded:
                MegaraptorError(
                    .deadlineExceeded,
                    "The server at \(target) did not answer in time.",
                    hint: "Narrow the query, or allow more time with timeout_seconds."
                )
            case .cancelled: MegaraptorError(.cancelled, "The call was cancelled.")
            case .notFound: MegaraptorError(.notFound, text)
            case .unauthenticated: MegaraptorError(.unauthenticated, text, hint: certificateHint)
            case .unimplemented:
                MegaraptorError(
                    .unsupported,
                    "The server at \(target) does not know this call: \(text)",
                    hint: "It may be of another version, or no Velociraptor API."
                )
            default: MegaraptorError(.internal, "The server answered \(status.code): \(text)")
            }
        if error.cause == nil, !text.isEmpty, !error.message.contains(text) { error.cause = text }
        return error
    }

    private var target: String { configuration.target }
    private var origin: String { configuration.origin }

    private var certificateHint: String {
        """
        Make a new API key on the server (`velociraptor --config server.config.yaml config api_client --name NAME \
        --role investigator,api api_client.yaml`) and use that file.
        """
    }

    // MARK: - No connection

    private func unavailable(_ text: String) -> MegaraptorError {
        for rule in Self.connectionRules where rule.fragments.contains(where: { text.contains($0) }) {
            return rule.error(self)
        }
        return MegaraptorError(
            .unavailable,
            "The connection to the server at \(target) failed.",
            hint: "Is the server running, and can this machine reach it?",
            retryable: true
        )
    }

    private struct ConnectionRule: Sendable {
        var fragments: [String]
        var error: @Sendable (StatusTranslation) -> MegaraptorError
    }

    private static let connectionRules = [
        ConnectionRule(fragments: ["certificate verify failed", "CERTIFICATE_VERIFY_FAILED"]) { $0.untrustedServer },
        ConnectionRule(fragments: ["is not in peer certificate", "Hostname Verification Check failed"]) {
            $0.wrongName
        },
        ConnectionRule(fragments: ["wrong version number", "WRONG_VERSION_NUMBER", "Cannot check peer"]) { $0.notTLS },
        ConnectionRule(fragments: ["Failed to create security handshaker", "Failed to create secure"]) { $0.badPEM },
        ConnectionRule(fragments: ["esolving", "esolution", "not resolve", "Domain name not found"]) { $0.unresolved },
        ConnectionRule(fragments: ["Connection refused"]) { $0.refused },
        ConnectionRule(fragments: ["No route to host", "Network is unreachable", "Timeout occurred", "timed out"]) {
            $0.unreachable
        },
        ConnectionRule(fragments: ["failed to connect to all addresses"]) { $0.refusedByServer },
    ]

    private var untrustedServer: MegaraptorError {
        if configuration.certificates.authorityIssuedClient == false {
            return MegaraptorError(
                .unauthenticated,
                "The ca_certificate in \(origin) is not the authority of the server at \(target), nor of the key beside it.",
                hint: "The file mixes two installations. \(certificateHint)"
            )
        }
        return MegaraptorError(
            .unauthenticated,
            "The server at \(target) is not certified by the ca_certificate in \(origin), or its certificate has expired.",
            hint: "Is this the server that the file was made for? If its certificates were renewed: \(certificateHint)"
        )
    }

    private var wrongName: MegaraptorError {
        MegaraptorError(
            .unauthenticated,
            "The certificate of the server at \(target) does not carry the name \(configuration.serverName).",
            hint: """
                A Velociraptor server is called `\(APIClientConfiguration.defaultServerName)` unless pinned_server_name \
                in the server's configuration says otherwise: set the same pinned_server_name in \(origin).
                """
        )
    }

    private var notTLS: MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "What listens at \(target) does not speak TLS, so it is not a Velociraptor API.",
            hint:
                "api_connection_string in \(origin) must be the address of the server's API section, port 8001 by default."
        )
    }

    private var badPEM: MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "The certificates or the key in \(origin) cannot be used for TLS.",
            hint: certificateHint
        )
    }

    private var unresolved: MegaraptorError {
        MegaraptorError(
            .unavailable,
            "The name of the server in \(target) cannot be resolved.",
            hint: "Correct api_connection_string in \(origin), or this machine's name resolution."
        )
    }

    private var refused: MegaraptorError {
        MegaraptorError(
            .unavailable,
            "Nothing listens at \(target): the server is down, or its API is not switched on there.",
            hint: "Start the server; its API section must bind an address that this machine reaches.",
            retryable: true
        )
    }

    private var unreachable: MegaraptorError {
        MegaraptorError(
            .unavailable,
            "The server at \(target) cannot be reached over the network.",
            hint: "Look for a firewall or a wrong address; api_connection_string stands in \(origin).",
            retryable: true
        )
    }

    /// With TLS 1.3 a server refuses a client only after the handshake: the connection is simply closed.
    private var refusedByServer: MegaraptorError {
        let signed = configuration.certificates.authorityIssuedClient
        let reason =
            signed == false
            ? "the certificate is not signed by the ca_certificate beside it"
            : "most likely it does not accept the certificate"
        return MegaraptorError(
            .unauthenticated,
            "The server at \(target) closed the connection during the handshake with the key from \(origin): \(reason).",
            hint: "If the server is just starting, call again. Otherwise: \(certificateHint)",
            retryable: signed != false
        )
    }

    // MARK: - An answer

    private func unknown(_ text: String) -> MegaraptorError {
        if let user = text.dropping(prefix: "User not found: ") {
            return MegaraptorError(
                .unauthenticated,
                "The running server does not know the user `\(user)` of this API key.",
                hint: "A user that was added while the server runs is known after its restart. \(certificateHint)"
            )
        }
        if text.contains("Org not found") {
            return MegaraptorError(
                .notFound,
                "The server has no such organisation.",
                hint: "`SELECT Name, OrgId FROM orgs()` lists the organisations that this key may see."
            )
        }
        if text.contains("Query should be specified") {
            return MegaraptorError(.invalidArgument, "The query is empty.", hint: "Pass a VQL statement.")
        }
        if text.contains("Received http2 header with status") {
            return MegaraptorError(
                .failedPrecondition,
                "What listens at \(target) is a web server, perhaps Velociraptor's GUI or frontend, not its API.",
                hint: "api_connection_string in \(origin) must name the port of the API section, 8001 by default."
            )
        }
        return MegaraptorError(.failedPrecondition, text.isEmpty ? "The server failed without saying why." : text)
    }

    private func permissionDenied(_ text: String) -> MegaraptorError {
        let names = Permissions.named(in: text)
        guard names.contains("ANY_QUERY") else {
            return MegaraptorError(.permissionDenied, text, hint: Permissions.hint(for: names))
        }
        return MegaraptorError(
            .permissionDenied,
            "The user of this API key may not run queries.",
            hint: """
                It lacks ANY_QUERY, which role `api` brings (a `reader` alone cannot query), in this organisation. An \
                administrator of the server can grant it: `velociraptor acl grant`.
                """
        )
    }

    private func resourceExhausted(_ text: String) -> MegaraptorError {
        if text.hasPrefix("grpc: received message larger than max") || text.hasPrefix("Sent message larger than max") {
            return MegaraptorError(
                .resourceExhausted,
                "The request is larger than the server takes.",
                hint: "Shorten the query and its env values; the server's limit is 4 MiB."
            )
        }
        if text.contains("larger than max") {
            return MegaraptorError(
                .resourceExhausted,
                "The server sent a single message of rows that is larger than the limit of this side.",
                hint: "Select fewer or narrower columns, lower max_rows, or raise max_grpc_recv_size in \(origin)."
            )
        }
        return MegaraptorError(.resourceExhausted, text)
    }

    private func internalError(_ text: String) -> MegaraptorError {
        guard text.contains("invalid UTF-8") else {
            return MegaraptorError(.internal, "The call to the server failed: \(text)")
        }
        // The server cuts a piece of the query out for its message, sometimes through the middle of a character.
        return MegaraptorError(
            .invalidArgument,
            "VQL syntax error; the server could not say where, because of a non-ASCII character nearby.",
            hint: "Look at the text around the query's non-ASCII characters."
        )
    }
}

// SPDX-License-Identifier: Apache-2.0

import CGRPC
import Synchronization

/// A server of calls with one message in and any number out, over TLS with client certificates.
///
/// It knows no service: each call is handed to one handler with its method's path and bytes. Handlers run
/// concurrently. A server can be started again after it was stopped, also on the same port.
public final class GRPCServer: Sendable {
    public typealias Handler = @Sendable (ServerCall) async -> Void

    private let configuration: GRPCServerConfiguration
    private let handler: Handler
    private let listening: Mutex<Listener?> = Mutex(nil)

    public init(_ configuration: GRPCServerConfiguration, handler: @escaping Handler) {
        self.configuration = configuration
        self.handler = handler
    }

    deinit {
        listening.withLock { $0?.abandon() }
    }

    /// How a server stops.
    public enum Shutdown: Sendable {
        /// No new calls; those in flight run to their end.
        case graceful
        /// Connections are closed under the calls in flight, whose tasks are cancelled.
        case abrupt
    }

    /// Starts to listen.
    ///
    /// - Parameter port: overrides the configuration's port, to come back where the server was before.
    /// - Returns: the port that was bound, also where 0 was asked for.
    @discardableResult
    public func start(port: Int? = nil) throws(GRPCStatus) -> Int {
        var configuration = self.configuration
        if let port { configuration.port = port }
        let listener = try Listener(configuration, handler: handler)
        let taken = listening.withLock { current in
            guard current == nil else { return false }
            current = listener
            return true
        }
        guard taken else {
            listener.abandon()
            throw GRPCStatus(.failedPrecondition, "The server is already running.")
        }
        listener.acceptNext()
        return listener.port
    }

    /// Stops, and returns when every handler has returned. Without effect on a server that is not running.
    public func stop(_ shutdown: Shutdown = .graceful) async {
        let listener = listening.withLock { current in
            defer { current = nil }
            return current
        }
        await listener?.shutDown(shutdown)
    }
}

/// What a server listens on, and whom it lets in.
public struct GRPCServerConfiguration: Sendable {
    /// An address of this machine, not a name.
    public var host: String
    /// 0 for any free port.
    public var port: Int
    /// PEM texts: the server's chain and key, and the authority that signed the certificates of its clients.
    public var certificate: String
    public var privateKey: String
    public var clientRoots: String
    /// The largest request taken, in bytes. A larger one is answered with `resourceExhausted`.
    public var maxReceiveBytes: Int

    public init(
        host: String = "127.0.0.1",
        port: Int = 0,
        certificate: String,
        privateKey: String,
        clientRoots: String,
        maxReceiveBytes: Int = 4 << 20
    ) {
        self.host = host
        self.port = port
        self.certificate = certificate
        self.privateKey = privateKey
        self.clientRoots = clientRoots
        self.maxReceiveBytes = maxReceiveBytes
    }

    var arguments: CoreArguments {
        var arguments = CoreArguments()
        // The limit is kept by ``ServerCall``, which can then say so in the words of the Go library. Beyond twice
        // the limit the core cuts the call off, so that nobody makes the server hold what it will refuse.
        arguments.set(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, maxReceiveBytes * 2)
        arguments.set(GRPC_ARG_MAX_SEND_MESSAGE_LENGTH, -1)
        // A port that another server has is an error, not a port to share.
        arguments.set(GRPC_ARG_ALLOW_REUSEPORT, 0)
        // Clients that probe their connections are not sent away.
        arguments.set(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10_000)
        return arguments
    }

    /// Requires a certificate of each client and verifies it.
    func makeCredentials() throws(GRPCStatus) -> CoreHandle {
        let made = clientRoots.withCString { roots in
            certificate.withCString { certificate in
                privateKey.withCString { key in
                    var pair = grpc_ssl_pem_key_cert_pair(private_key: key, cert_chain: certificate)
                    return grpc_ssl_server_credentials_create_ex(
                        roots,
                        &pair,
                        1,
                        GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY,
                        nil
                    )
                }
            }
        }
        return try CoreHandle(made: made, "set of TLS server credentials")
    }
}

extension GRPCServerConfiguration: CustomStringConvertible, CustomReflectable {
    /// Without the key, so that no log can hold it by accident.
    public var description: String { "GRPCServerConfiguration(\(host):\(port))" }
    public var customMirror: Mirror { Mirror(self, children: ["host": host, "port": port]) }
}

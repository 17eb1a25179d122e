// SPDX-License-Identifier: Apache-2.0

import CGRPC

/// Where a channel leads and how it behaves.
public struct GRPCChannelConfiguration: Sendable {
    /// `host:port`.
    public var target: String
    public var tls: GRPCClientTLS
    /// The largest message taken, in bytes. A larger one ends the call with `resourceExhausted`.
    public var maxReceiveBytes: Int
    /// The largest message sent, in bytes.
    public var maxSendBytes: Int
    /// After how long a silent connection with calls in flight is probed; `nil` never. Servers of the Go library
    /// take one probe in five minutes without complaint and close the connection on more.
    public var keepalive: Duration?
    /// The time a single attempt to connect may take.
    public var connectTimeout: Duration
    /// The longest pause between two attempts to connect, and so how long a restarted server may stay unseen.
    public var maxReconnectBackoff: Duration

    public init(
        target: String,
        tls: GRPCClientTLS,
        maxReceiveBytes: Int = 64 << 20,
        maxSendBytes: Int = 4 << 20,
        keepalive: Duration? = .seconds(330),
        connectTimeout: Duration = .seconds(5),
        maxReconnectBackoff: Duration = .seconds(1)
    ) {
        self.target = target
        self.tls = tls
        self.maxReceiveBytes = maxReceiveBytes
        self.maxSendBytes = maxSendBytes
        self.keepalive = keepalive
        self.connectTimeout = connectTimeout
        self.maxReconnectBackoff = maxReconnectBackoff
    }

    var arguments: CoreArguments {
        var arguments = CoreArguments()
        arguments.set(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, maxReceiveBytes)
        arguments.set(GRPC_ARG_MAX_SEND_MESSAGE_LENGTH, maxSendBytes)
        if let name = tls.targetName { arguments.set(GRPC_SSL_TARGET_NAME_OVERRIDE_ARG, name) }
        if let keepalive {
            arguments.set(GRPC_ARG_KEEPALIVE_TIME_MS, keepalive.milliseconds)
            arguments.set(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20_000)
        }
        // What the core calls the minimal back-off is the time-out of an attempt.
        arguments.set(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, connectTimeout.milliseconds)
        arguments.set(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100)
        arguments.set(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, maxReconnectBackoff.milliseconds)
        // A name is looked up again before an attempt; the core's own pause of 30 s would outlast the back-off.
        arguments.set(GRPC_ARG_DNS_MIN_TIME_BETWEEN_RESOLUTIONS_MS, maxReconnectBackoff.milliseconds)
        // Whether a call may be repeated is for the caller to decide.
        arguments.set(GRPC_ARG_ENABLE_RETRIES, 0)
        // Two channels must not share a connection: each has its own certificate.
        arguments.set(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1)
        return arguments
    }
}

/// How a client proves who it is, and whom it trusts. PEM texts.
public struct GRPCClientTLS: Sendable {
    public var roots: String
    public var certificate: String?
    public var privateKey: String?
    /// The name the server's certificate must carry; `nil` for the host of the target.
    public var targetName: String?

    public init(roots: String, certificate: String? = nil, privateKey: String? = nil, targetName: String? = nil) {
        self.roots = roots
        self.certificate = certificate
        self.privateKey = privateKey
        self.targetName = targetName
    }

    func makeCredentials() throws(GRPCStatus) -> CoreHandle {
        let made = roots.withCString { roots -> OpaquePointer? in
            guard let certificate, let privateKey else { return grpc_ssl_credentials_create(roots, nil, nil, nil) }
            return certificate.withCString { certificate in
                privateKey.withCString { key in
                    var pair = grpc_ssl_pem_key_cert_pair(private_key: key, cert_chain: certificate)
                    return grpc_ssl_credentials_create(roots, &pair, nil, nil)
                }
            }
        }
        return try CoreHandle(made: made, "set of TLS credentials")
    }
}

extension GRPCClientTLS: CustomStringConvertible, CustomReflectable {
    /// Without the key, so that no log can hold it by accident.
    public var description: String { "GRPCClientTLS(targetName: \(targetName ?? "host of the target"))" }
    public var customMirror: Mirror { Mirror(self, children: ["targetName": targetName as Any]) }
}

extension Duration {
    /// Whole milliseconds, rounded down, as the core takes them.
    var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}

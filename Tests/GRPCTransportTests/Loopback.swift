// SPDX-License-Identifier: Apache-2.0

import GRPCTransport

/// A server on a free port of this machine and what a client needs to reach it.
struct Loopback {
    let identities: TestIdentities
    let configuration: GRPCServerConfiguration
    let server: GRPCServer
    let port: Int

    init(maxReceiveBytes: Int = 4 << 20, _ handler: @escaping GRPCServer.Handler) throws {
        identities = try TestIdentities.shared.get()
        configuration = GRPCServerConfiguration(
            certificate: identities.server.certificate,
            privateKey: identities.server.key,
            clientRoots: identities.authority,
            maxReceiveBytes: maxReceiveBytes
        )
        server = GRPCServer(configuration, handler: handler)
        port = try server.start()
    }

    var tls: GRPCClientTLS {
        GRPCClientTLS(
            roots: identities.authority,
            certificate: identities.client.certificate,
            privateKey: identities.client.key,
            targetName: TestIdentities.serverName
        )
    }

    func channel(
        tls: GRPCClientTLS? = nil,
        maxReceiveBytes: Int = 64 << 20,
        maxSendBytes: Int = 64 << 20
    ) throws -> GRPCChannel {
        try GRPCChannel(
            GRPCChannelConfiguration(
                target: "127.0.0.1:\(port)",
                tls: tls ?? self.tls,
                maxReceiveBytes: maxReceiveBytes,
                maxSendBytes: maxSendBytes
            )
        )
    }

    /// Runs `body` against a server and stops the server whatever comes of it.
    static func with<Result>(
        maxReceiveBytes: Int = 4 << 20,
        handler: @escaping GRPCServer.Handler,
        _ body: (Loopback) async throws -> Result
    ) async throws -> Result {
        let loopback = try Loopback(maxReceiveBytes: maxReceiveBytes, handler)
        do {
            let result = try await body(loopback)
            await loopback.server.stop(.abrupt)
            return result
        } catch {
            await loopback.server.stop(.abrupt)
            throw error
        }
    }
}

extension ServerCall {
    /// Sends to a client that may be gone: whether it got the message is seen on its own side.
    func offer(_ message: [UInt8]) async {
        do { try await send(message) } catch {}
    }
}

/// Sends the request back.
let echo: GRPCServer.Handler = { call in
    await call.offer(call.request)
    await call.finish()
}

/// Sends as many small messages as the request's text says.
let countUp: GRPCServer.Handler = { call in
    let count = Int(String(decoding: call.request, as: UTF8.self)) ?? 0
    for number in 0..<count {
        do {
            try await call.send(Array(String(number).utf8))
        } catch {
            return
        }
    }
    await call.finish()
}

// SPDX-License-Identifier: Apache-2.0

internal import GRPCTransport
internal import MegaraptorErrors
internal import VelociraptorAPI

extension VelociraptorClient {
    /// Calls a method that answers with one message. Sent once: unlike a query it is never asked again.
    ///
    /// These methods work in the organisation that the key's user is in by default, the root organisation.
    nonisolated func unary<Request: WireMessage, Response: WireMessage>(
        _ method: String,
        _ request: Request,
        as response: Response.Type,
        timeout: Duration = .seconds(30)
    ) async throws(MegaraptorError) -> Response {
        let connection = try await connect()
        await connection.channel.reconnectIfBroken(within: Self.reconnect)
        do {
            let bytes = try await connection.channel.unary(
                "/proto.API/\(method)",
                try APIMessage.bytes(of: request),
                deadline: timeout
            )
            return try APIMessage.read(bytes)
        } catch let status as GRPCStatus {
            let translated = StatusTranslation(connection.configuration).error(for: status)
            if translated.code == .unauthenticated { await forget(connection) }
            throw translated
        } catch {
            throw MegaraptorError(.internal, "A message of \(method) could not be read or written.", cause: "\(error)")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors
internal import VelociraptorAPI

extension VQLQuery {
    /// The request's bytes. The statements are one request each, so that positions in errors are those of ``text``.
    func requestBytes() throws(MegaraptorError) -> [UInt8] {
        var arguments = Proto_VQLCollectorArgs()
        arguments.query = [prelude, text].filter { !$0.isEmpty }.map { text in
            var request = Proto_VQLRequest()
            request.vql = text
            return request
        }
        arguments.env = variables.map { variable in
            var entry = Proto_VQLEnv()
            entry.key = variable.name
            entry.value = variable.value
            return entry
        }
        arguments.maxRow = rowsPerMessage
        arguments.timeout = UInt64(max(1, timeout.roundedUpToSeconds))
        arguments.orgID = organization
        do {
            return try APIMessage.bytes(of: arguments)
        } catch {
            throw MegaraptorError(.internal, "The request could not be encoded.", cause: "\(error)")
        }
    }
}

extension Duration {
    var roundedUpToSeconds: Int64 {
        components.seconds + (components.attoseconds > 0 ? 1 : 0)
    }
}

// SPDX-License-Identifier: Apache-2.0

import MCPProtocol

/// What the server puts into `requestState`: it comes back through hands that may change it.
enum SealedState {
    /// The server's own question whether a tool may run.
    case confirmation
    /// A plugin's state, or none; consent has been given where it was needed.
    case plugin(String?)

    static let refusal = RPCError.invalidParams(
        "requestState is not valid for this request; send the request again without it"
    )

    init(opening token: String, for binding: Binding, with seal: ConfirmationSeal) throws {
        let payload: [UInt8]
        do {
            payload = try seal.open(token, for: binding.bytes)
        } catch is ConfirmationSeal.Fault {
            throw Self.refusal
        }
        switch payload.first {
        case 0: self = .confirmation
        case 1: self = .plugin(nil)
        case 2: self = .plugin(String(decoding: payload.dropFirst(), as: UTF8.self))
        default: throw Self.refusal
        }
    }

    func sealed(for binding: Binding, with seal: ConfirmationSeal) throws -> String {
        let payload: [UInt8] =
            switch self {
            case .confirmation: [0]
            case .plugin(nil): [1]
            case .plugin(let state?): [2] + Array(state.utf8)
            }
        return try seal.seal(payload, for: binding.bytes)
    }
}

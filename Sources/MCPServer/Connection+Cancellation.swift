// SPDX-License-Identifier: Apache-2.0

import MCPProtocol

extension Connection {
    /// `notifications/cancelled`. Whatever is wrong with it is ignored: the request may just have been answered.
    func receiveCancellation(_ params: UnsafeRawBufferPointer?) {
        guard let params, let id = Self.requestID(in: params) else { return }
        if !calls.cancel(id) { endSubscription(id) }
    }

    private static func requestID(in params: UnsafeRawBufferPointer) -> RequestID? {
        do {
            return try RawObject(params)["requestId"].flatMap(RequestID.init(json:))
        } catch {
            return nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

@testable import PluginHost

extension HostUnderTest {
    /// What a plugin that asks the host gets, as one in C can ask anything.
    func answer(
        _ method: String,
        _ params: JSONValue,
        plugin: String,
        call: UInt64 = 0
    ) async throws -> JSONValue {
        try await host.services.answer(method, params, plugin: plugin, call: call, elicit: nil)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors
public import MegaraptorPluginKit

extension VelociraptorPlugin {
    /// Bounded by ``HealthExamination/longest``, and by what the host allows for the call.
    public func health(context: CallContext) async throws -> [HealthCheck] {
        let left = context.timeLeft.map { $0 - .milliseconds(500) }
        return await HealthExamination(
            search: try await Self.search(context.host),
            isReadOnly: context.isReadOnly,
            limit: min(HealthExamination.longest, left ?? HealthExamination.longest)
        )()
    }
}

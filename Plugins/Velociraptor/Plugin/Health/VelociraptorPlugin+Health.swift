// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors
public import MegaraptorPluginKit

extension VelociraptorPlugin {
    /// Bounded by ``HealthExamination/longest``, and by what the host allows for the call.
    public func health(context: CallContext) async throws -> [HealthCheck] {
        let left = context.timeLeft.map { $0 - .milliseconds(500) }
        let search: ConfigurationSearch
        do throws(MegaraptorError) {
            search = try await servers.search()
        } catch {
            var findings = HealthFindings()
            findings.add(.configuration, failure: error)
            return findings.complete
        }
        return await HealthExamination(
            search: search,
            isReadOnly: context.isReadOnly,
            limit: min(HealthExamination.longest, left ?? HealthExamination.longest)
        )()
    }
}

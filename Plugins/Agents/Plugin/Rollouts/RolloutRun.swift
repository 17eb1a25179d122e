// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// The same work on many machines. What fails on one never keeps another from its turn.
struct RolloutRun: Sendable {
    /// Works on the machine that the record names, and writes into the record what it finds and does; the name begins
    /// those of files on their way.
    typealias Work = @Sendable (inout HostRecord, String) async throws(MegaraptorError) -> Void

    let queue: HostQueue
    /// Begins the names of files on their way; one machine's number follows.
    let tag: String
    let redact: Redaction
    let work: Work

    /// - Parameters:
    ///   - begin: is told of a machine when its turn comes.
    ///   - settle: gets what became of it.
    func callAsFunction(
        _ targets: [(index: Int, target: MachineTarget)],
        begin: @escaping @Sendable (Int) async -> Void = { _ in },
        settle: @escaping @Sendable (Int, HostRecord) async -> Void
    ) async {
        let byIndex = Dictionary(uniqueKeysWithValues: targets.map { ($0.index, $0.target) })
        await queue(targets.map(\.index)) { index in
            guard let target = byIndex[index] else { return }
            await begin(index)
            await settle(index, await one(target, index))
        }
    }

    private func one(_ target: MachineTarget, _ index: Int) async -> HostRecord {
        var host = HostRecord(target, .begun)
        do throws(MegaraptorError) {
            try await work(&host, "\(tag)\(index)-")
            host.reason = host.reason.map { redact($0) }
            return host
        } catch {
            return host.failed(error, redact)
        }
    }
}

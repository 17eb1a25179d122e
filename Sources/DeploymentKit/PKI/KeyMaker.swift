// SPDX-License-Identifier: Apache-2.0

internal import BlockingCalls
internal import Certificates
internal import MegaraptorErrors

/// Makes RSA keys beside the threads that serve requests: one key takes up to seconds of a processor.
enum KeyMaker {
    /// - Returns: as many keys as were asked for, made side by side.
    static func keys(_ count: Int, _ size: PrivateKey.Size) async throws(MegaraptorError) -> [PrivateKey] {
        let outcomes = await withTaskGroup(of: Result<PrivateKey, MegaraptorError>.self) { group in
            for _ in 0..<count { group.addTask { await key(size) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var keys: [PrivateKey] = []
        for outcome in outcomes { keys.append(try outcome.get()) }
        return keys
    }

    private static func key(_ size: PrivateKey.Size) async -> Result<PrivateKey, MegaraptorError> {
        do throws(MegaraptorError) {
            return .success(
                try await BlockingWork.run { () throws(MegaraptorError) in try PrivateKey.generateRSA(size) }
            )
        } catch {
            return .failure(error)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

extension DeploymentCore {
    /// Begins the operation of a record under its lock, and waits for it as long as the call can.
    ///
    /// - Parameters:
    ///   - context: of the call that shows how far it is; `nil` where no call has begun it, and it is waited for to the end.
    ///   - prepare: makes the record with its operation, and tells what is to be said beside the outcome. Where it
    ///     throws, or nothing can be begun, the lock is given back.
    func begin(
        under lock: DeploymentLock,
        _ store: DeploymentStore,
        deployer name: String,
        _ context: CallContext?,
        prepare: (DeployerClient) async throws(MegaraptorError) -> (record: DeploymentRecord, remarks: [String])
    ) async throws(MegaraptorError) -> RunningOperations.Wait {
        do throws(MegaraptorError) {
            let deployer = try await deployer(name, beyond: context)
            let (record, remarks) = try await prepare(deployer)
            let work = DeploymentWork(core: self, context: context, store: store, deployer: deployer)
            return try await running.run(on: record.id, within: context?.waitingTime) {
                await work.outcome(of: record, remarks, releasing: lock)
            }
        } catch {
            lock.release()
            throw error
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Works on several machines at a time, and on no more than that.
struct HostQueue: Sendable {
    let width: Int
    let stop: StopFlag

    /// Runs `work` for each until all are done or the flag is set. A cancelled call sets the flag; what has begun then
    /// comes to the end of its step, since a connection that is torn down would leave nobody knowing what was done.
    func callAsFunction(_ indices: [Int], _ work: @escaping @Sendable (Int) async -> Void) async {
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                var rest = indices[...]
                func startNext() {
                    guard !stop.isSet, let index = rest.popFirst() else { return }
                    // A task of its own does not hear of the cancellation. It is awaited all the same.
                    group.addTask { await Task { await work(index) }.value }
                }
                for _ in 0..<width { startNext() }
                while await group.next() != nil { startNext() }
            }
        } onCancel: {
            stop.set()
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// Lets progress through that rises, and not more often than a client can use.
struct ProgressGate {
    /// The shortest time between two notifications of one call.
    static let interval = Duration.milliseconds(20)

    private var lastDone: Double?
    private var lastTime: ContinuousClock.Instant?
    private var heldBack: PluginCallContext.Progress?

    /// - Returns: what is to be sent now. A report that comes too early is kept for ``takeHeldBack()``.
    mutating func admit(
        _ progress: PluginCallContext.Progress,
        now: ContinuousClock.Instant
    ) -> PluginCallContext.Progress? {
        guard progress.done.isFinite, progress.total?.isFinite ?? true else { return nil }
        if let lastDone, progress.done <= lastDone { return nil }
        lastDone = progress.done
        if let lastTime, now - lastTime < Self.interval {
            heldBack = progress
            return nil
        }
        lastTime = now
        heldBack = nil
        return progress
    }

    /// The latest report, if it has not been sent.
    mutating func takeHeldBack() -> PluginCallContext.Progress? {
        defer { heldBack = nil }
        return heldBack
    }
}

extension Double {
    /// Whole numbers without a fraction.
    var shortestJSON: JSONValue {
        Int64(exactly: self).map(JSONValue.integer) ?? JSONValue(self)
    }
}

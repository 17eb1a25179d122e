// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A dictionary value: everybody who holds it sees what `set()` does to it.
public final class VQLDictionary: Sendable {
    private let storage: Mutex<VQLRow>

    public init(_ row: VQLRow = [:]) { storage = Mutex(row) }

    /// The members as they are now.
    public var row: VQLRow { storage.withLock { $0 } }

    public var count: Int { storage.withLock { $0.count } }

    /// One member; setting `nil` takes it away.
    public subscript(name: String) -> VQLValue? {
        get { storage.withLock { $0[name] } }
        set { storage.withLock { $0[name] = newValue } }
    }
}

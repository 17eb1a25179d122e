// SPDX-License-Identifier: Apache-2.0

/// The connections that are open, the one that was used last at the end.
struct ConnectionPool {
    /// Beyond this many the one that was not used for longest is let go; calls under way on it go on.
    static let most = 8

    private var entries: [(choice: ServerChoice, connection: VelociraptorClient.Connection)] = []

    var count: Int { entries.count }

    /// The connection to a server; `nil` where there is none, or its file is not what it was.
    mutating func connection(_ choice: ServerChoice) -> VelociraptorClient.Connection? {
        guard let index = entries.firstIndex(where: { $0.choice == choice }) else { return nil }
        let entry = entries.remove(at: index)
        guard entry.connection.stamp?.isCurrent != false else { return nil }
        entries.append(entry)
        return entry.connection
    }

    mutating func keep(_ connection: VelociraptorClient.Connection, for choice: ServerChoice) {
        entries.removeAll { $0.choice == choice }
        entries.append((choice, connection))
        if entries.count > Self.most { entries.removeFirst() }
    }

    mutating func forget(_ broken: VelociraptorClient.Connection) {
        entries.removeAll { $0.connection.channel === broken.channel }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
import MegaraptorErrors

/// Writes down what becomes of each machine when it becomes so, and says it to whoever waits.
actor RolloutJournal {
    /// Steps done, of how many, and in words.
    typealias Progress = @Sendable (Int, Int, String) -> Void

    /// `nil` for what is not kept.
    private let store: RolloutStore?
    private let progress: Progress
    private let stop: StopFlag
    private(set) var record: RolloutRecord
    /// The first failure to write. Nothing more is begun after it: what nobody can look up later must not happen.
    private(set) var fault: MegaraptorError?
    private var steps = 0
    private var allSteps = 0

    init(_ record: RolloutRecord, store: RolloutStore?, stop: StopFlag, progress: @escaping Progress) {
        self.record = record
        self.store = store
        self.stop = stop
        self.progress = progress
    }

    /// - Parameter steps: that will be told of.
    func begin(steps: Int) throws(MegaraptorError) {
        allSteps = steps
        record.ended = nil
        record.outcome = nil
        try store?.write(record)
    }

    func begin(_ index: Int) {
        record.hosts[index] = HostRecord(record.hosts[index].target, .begun)
        write()
    }

    /// - Parameter words: what is said of it; `nil` for its status.
    func settle(_ index: Int, _ host: HostRecord, _ words: String? = nil) {
        record.hosts[index] = host
        write()
        steps += 1
        progress(min(steps, allSteps), allSteps, "\(host.target.text): \(words ?? host.status.rawValue)")
    }

    func end(_ outcome: RolloutRecord.Outcome) throws(MegaraptorError) -> RolloutRecord {
        for index in record.hosts.indices where record.hosts[index].status == .waiting {
            record.hosts[index].status = .notReached
        }
        record.ended = ISO8601.string(unixSeconds: Int64(time(nil)))
        record.outcome = outcome
        if let fault { throw fault }
        try store?.write(record)
        return record
    }

    private func write() {
        do throws(MegaraptorError) {
            try store?.write(record)
        } catch {
            fault = fault ?? error
            stop.set()
        }
    }
}

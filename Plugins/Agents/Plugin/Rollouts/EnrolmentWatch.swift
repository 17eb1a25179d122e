// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import VelociraptorQuery

/// Looks at the server until it has seen the agents, or for as long as it may. Nothing else counts as enrolled.
struct EnrolmentWatch: Sendable {
    /// Whom to look for.
    struct Wanted: Sendable {
        var index: Int
        var hostname: String
        /// In milliseconds since 1970, by this machine's clock.
        var since: Int64
    }

    /// What the server says of one.
    struct Finding: Sendable {
        /// `nil` where nobody could find out.
        var enrolled: Bool?
        var clientID: String?
        var reason: String?
        var hint: String?
    }

    let queries: VelociraptorQueries
    let labels: [String]
    let seconds: Int
    let stop: StopFlag

    private static let most = 10_000
    /// Between two questions, in seconds; longer each time up to the greatest.
    private static let pauses = 1...5

    /// Those seen lately. The server's clock is compared with the server's own times: this machine's may be another.
    private static let query = """
        SELECT client_id, os_info.hostname AS hostname, labels, last_seen_at,
               timestamp(epoch=now()).Unix AS server_time
        FROM clients(search=Search)
        WHERE last_seen_at > (now() - Age) * 1000000 LIMIT 10001
        """

    /// - Parameter settle: gets each finding once.
    func callAsFunction(_ wanted: [Wanted], settle: (Int, Finding) async -> Void) async {
        var pending = wanted
        var sightings: [Int: String] = [:]
        var failure: MegaraptorError?
        let end = ContinuousClock.now + .seconds(seconds)
        var pause = Self.pauses.lowerBound
        while !pending.isEmpty, !stop.isSet {
            do throws(MegaraptorError) {
                let rows = try await self.rows(pending)
                failure = nil
                var others: [Wanted] = []
                for one in pending {
                    let seen = rows.filter { $0.isSighting(of: one) }
                    if let agent = seen.first(where: { $0.bears(labels) }) {
                        await settle(one.index, Finding(enrolled: true, clientID: agent.clientID))
                    } else {
                        sightings[one.index] = seen.first?.clientID
                        others.append(one)
                    }
                }
                pending = others
            } catch {
                failure = error
            }
            guard !pending.isEmpty, ContinuousClock.now < end else { break }
            // Cancelled, it comes back at once, and the flag is set.
            try? await Task.sleep(for: .seconds(pause))
            pause = min(pause + 1, Self.pauses.upperBound)
        }
        for one in pending { await settle(one.index, finding(one, sightings[one.index], failure)) }
    }

    private func rows(_ pending: [Wanted]) async throws(MegaraptorError) -> [AgentRow] {
        let asked = UnixTime.milliseconds
        let search = pending.count == 1 ? "host:\(pending[0].hostname)" : "all"
        let age = (asked - (pending.map(\.since).min() ?? asked)) / 1000 + 2
        let rows = try await queries.read(Self.query, ["Search": .string(search), "Age": .integer(age)])
        guard rows.count <= Self.most else {
            throw MegaraptorError(.resourceExhausted, "The server has more than \(Self.most) agents to look through.")
        }
        return rows.compactMap { AgentRow($0, asked: asked) }.sorted { $0.seen > $1.seen }
    }

    private func finding(_ one: Wanted, _ sighting: String?, _ failure: MegaraptorError?) -> Finding {
        let later = "check_agent_deployment looks again later."
        if stop.isSet { return Finding(reason: "The call was cancelled before the server had seen it.", hint: later) }
        if let failure { return Finding(reason: "The server could not be asked: \(failure.message)", hint: later) }
        if let sighting {
            return Finding(
                enrolled: false,
                reason: "The server has seen \(sighting), which does not bear \(labels.joined(separator: ", ")).",
                hint: "Labels come with the first enrolment. \(later)"
            )
        }
        return Finding(
            enrolled: false,
            reason: "The server has not seen \(one.hostname) since, for \(seconds) seconds.",
            hint: "The machine must reach the server's frontend. \(later)"
        )
    }
}

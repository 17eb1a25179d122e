// SPDX-License-Identifier: Apache-2.0

/// Finds out of every machine that is done whether the server has seen its agent, where that can be found out at all.
struct EnrolmentCheck: Sendable {
    let journal: RolloutJournal
    let watch: EnrolmentWatch

    func callAsFunction() async {
        let hosts = await journal.record.hosts
        let open = hosts.indices.filter { hosts[$0].status.isDone && hosts[$0].enrolled != true }
        let names = Dictionary(grouping: hosts.compactMap { $0.hostname?.lowercased() }, by: \.self)
        var wanted: [EnrolmentWatch.Wanted] = []
        for index in open {
            let host = hosts[index]
            guard let name = host.hostname, let since = host.since else {
                await settle(index, .init(reason: "The machine does not say what it is called."))
                continue
            }
            if names[name.lowercased()]?.count ?? 0 > 1 {
                await settle(
                    index,
                    .init(
                        reason: "Several of the machines call themselves \(name): nobody can tell whom the server saw."
                    )
                )
            } else if watch.seconds == 0 {
                await settle(index, .init(reason: "The server was not asked: verify_seconds is 0."))
            } else {
                wanted.append(EnrolmentWatch.Wanted(index: index, hostname: name, since: since))
            }
        }
        await watch(wanted) { index, finding in await settle(index, finding) }
    }

    private func settle(_ index: Int, _ finding: EnrolmentWatch.Finding) async {
        var host = await journal.record.hosts[index]
        host.enrolled = finding.enrolled
        host.clientID = finding.clientID
        host.reason = finding.reason
        host.hint = finding.hint
        let words = finding.enrolled.map { $0 ? "enrolled" : "not seen by the server" } ?? "enrolment not known"
        await journal.settle(index, host, words)
    }
}

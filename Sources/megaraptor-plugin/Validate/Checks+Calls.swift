// SPDX-License-Identifier: Apache-2.0

import Dispatch
import JSONValue
import MegaraptorPluginTesting
import PluginManifest

extension Check {
    /// The life of calls: their end, their cancellation, many at once, and the end of service.
    static let calls: [Check] = [
        Check("calls.cancel_before", needs: ["contract.results"]) { subject in
            let session = try subject.session()
            session.note("cancel of calls that were never made")
            for id: UInt64 in [0, 1_000_000, .max] { session.plugin.cancel(id) }
            return judge(session.run(oneCall(session)), "Cancelling calls that the plugin does not know does no harm.")
        },
        Check("calls.cancel_during", needs: ["contract.results"]) { subject in
            let session = try subject.session()
            let ended = (0..<8).flatMap { _ in session.run(oneCall(session), cancelling: true) }
            return judge(ended, "A call that is cancelled while it runs is completed all the same.")
        },
        Check("calls.cancel_after", needs: ["contract.results"]) { subject in
            let session = try subject.session()
            let started = session.start(oneCall(session))
            _ = started.wait(for: .seconds(1))
            session.note("cancel of calls that are over")
            for id in started.ids { session.plugin.cancel(id) }
            return judge(session.run(oneCall(session)), "Cancelling a call that is over does no harm.")
        },
        Check("calls.once", needs: ["contract.results"]) { subject in
            let session = try subject.session()
            let ended = session.runEach(severalCalls(session))
            CheckSession.linger()
            let host = session.plugin.host
            if host.doubleCompletions > 0 {
                return .fail("\(host.doubleCompletions) of \(ended.count) calls are completed more than once.")
            }
            if host.strayCompletions > 0 {
                return .fail("\(host.strayCompletions) calls are completed that were never made.")
            }
            return judge(ended, "Each call is completed exactly once.")
        },
        Check("calls.parallel", needs: ["contract.results"]) { subject in
            let session = try subject.session()
            let several = severalCalls(session)
            let ended = session.run((0..<64).map { several[$0 % several.count] })
            return judge(ended, "64 calls at once are all completed.")
        },
        Check("calls.deactivate", needs: ["contract.results"]) { subject in
            let session = try subject.session()
            let several = severalCalls(session)
            let started = session.start((0..<16).map { several[$0 % several.count] })
            guard started.waitForReturns(for: .seconds(5)) else {
                return .fail("invoke does not return within 5 seconds.")
            }
            session.note("deactivate with calls under way")
            let start = ContinuousClock.now
            session.plugin.deactivate(milliseconds: 500)
            let time = ContinuousClock.now - start
            CheckSession.linger()
            if let function = session.plugin.host.calledAfterEnd.first {
                return .fail("The plugin calls the host's \(function) after deactivate has returned.")
            }
            guard time < .seconds(3) else {
                return .fail("deactivate takes \(time), though it was given 500 ms.")
            }
            return .pass("Service ends in time with calls under way, and nothing is heard of the plugin afterwards.")
        },
    ]

    private static func judge(_ ended: [CheckSession.Ended], _ praise: String) -> Finding {
        ended.compactMap(\.fault).first.map(Finding.fail) ?? .pass(praise)
    }

    /// A call of a tool where one may be called.
    private static func oneCall(_ session: CheckSession) -> [CheckSession.Call] {
        Array(severalCalls(session).suffix(1))
    }

    private static func severalCalls(_ session: CheckSession) -> [CheckSession.Call] {
        [
            CheckSession.Call("describe", "describe", [:] as JSONValue),
            CheckSession.Call("an unknown method", "megaraptor/nonsense", [:] as JSONValue),
            CheckSession.Call.tool("megaraptor_no_such_tool", [:]),
        ] + session.callableTools.map { .tool($0.name, ArgumentMaker.fitting($0.inputSchema)) }
    }
}

extension CheckSession {
    func note(_ text: String) { subject.note(text) }
}

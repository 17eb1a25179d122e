// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension Check {
    static let random: [Check] = [
        Check("calls.random", needs: ["contract.results"]) { subject in
            let session = try subject.session()
            var maker = RandomCallMaker(seed: subject.seed, tools: session.callableTools)
            for _ in 0..<25 {
                let calls = (0..<8).map { _ in maker.next() }
                if let fault = session.run(calls).compactMap(\.fault).first {
                    return .fail("\(fault) Again: --only calls.random --seed \(subject.seed)")
                }
            }
            return .pass("200 random calls are completed as they should be.")
        }
    ]
}

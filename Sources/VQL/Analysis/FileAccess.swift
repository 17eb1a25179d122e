// SPDX-License-Identifier: Apache-2.0

/// What a built-in that reads files reads: it depends on the argument `accessor`.
enum FileAccess {
    static func verdict(on name: String, _ arguments: CallArguments) -> (QueryVerdict, String) {
        switch arguments["accessor"] {
        case .absent: return (.readsServer, "\(name)() reads files of the server")
        case .text(let accessor): return verdict(on: name, accessor: accessor)
        default: return (.unknown, "what \(name)() reads depends on an accessor that is reckoned")
        }
    }

    private static func verdict(on name: String, accessor: String) -> (QueryVerdict, String) {
        let judgement = VQLSymbolTable.symbol(accessor, .accessor).flatMap(SymbolJudgement.of)
        switch judgement {
        case .harmless?: return (.readsInvestigation, "\(name)() reads a text")
        case .readsServer?: return (.readsServer, "\(name)() reads by way of accessor \(accessor) on the server")
        default: return (.unknown, "what \(name)() reads by way of accessor \(accessor) cannot be told")
        }
    }
}

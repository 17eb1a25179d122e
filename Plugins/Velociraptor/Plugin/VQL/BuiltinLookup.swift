// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VQL

/// Asks the server which names are those of its built-ins: it may be newer than the recorded table.
///
/// Nothing is kept, as only few queries call what they define, and a server can be updated at any time.
struct BuiltinLookup: Sendable {
    let client: VelociraptorClient
    var organization: String?
    var timeout: Duration = .seconds(30)

    /// Both a function and a plugin of every server: without it an answer says nothing.
    private static let witness = "scope"

    /// Those of the names that a built-in has; all of them where the answer cannot be relied on.
    func builtins(among calls: Set<CalledName>) async throws(MegaraptorError) -> Set<CalledName> {
        let names = Set(calls.map(\.name)).sorted() + [Self.witness]
        let rows = try await client.rows(
            VQLQuery(
                """
                SELECT _value AS Name, version(plugin=_value) AS Plugin, version(function=_value) AS Function \
                FROM foreach(row=parse_json_array(data=Names))
                """,
                [VQLQuery.Variable("Names", JSONValue.array(names.map(JSONValue.string)).json())],
                effect: .reads,
                organization: organization,
                timeout: timeout
            )
        )
        var found: Set<CalledName> = []
        for row in rows.values {
            guard let name = row["Name"]?.stringValue else { continue }
            if row["Plugin"]?.integerValue != nil { found.insert(CalledName(name, .plugin)) }
            if row["Function"]?.integerValue != nil { found.insert(CalledName(name, .function)) }
        }
        let isReliable =
            rows.values.compactMap { $0["Name"]?.stringValue } == names
            && found.isSuperset(of: [CalledName(Self.witness, .plugin), CalledName(Self.witness, .function)])
        return isReliable ? found.intersection(calls) : calls
    }
}

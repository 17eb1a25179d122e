// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

extension QueryProvider {
    /// What all operations take; `check` needs only the file.
    struct Arguments: Decodable, Sendable {
        var file: String
        var query: String?
        var env: [String: JSONValue]?
        var organization: String?
        var timeoutMilliseconds: Int?
        var maxRows: Int?

        private enum CodingKeys: String, CodingKey {
            case query, env
            case file = "api_config"
            case organization = "org_id"
            case timeoutMilliseconds = "timeout_ms"
            case maxRows = "max_rows"
        }

        /// - Throws: `invalid_argument` for what does not fit ``QueryProvider/schema``.
        init(_ json: JSONValue) throws(MegaraptorError) {
            do {
                self = try JSONValueDecoder().decode(Self.self, from: json)
            } catch {
                throw Self.unfit("\(error)")
            }
            guard file.hasPrefix("/") else { throw Self.unfit("api_config must be an absolute path.") }
            guard (timeoutMilliseconds ?? 1) > 0, (maxRows ?? 1) > 0 else {
                throw Self.unfit("timeout_ms and max_rows must be positive.")
            }
        }

        private static func unfit(_ reason: String) -> MegaraptorError {
            MegaraptorError(
                .invalidArgument,
                "The arguments do not fit: \(VisibleText.escape(reason))",
                hint: "velociraptor.query/1 takes api_config, query, env, org_id, timeout_ms and max_rows."
            )
        }

        /// The query with its values.
        func vql(_ longest: Duration, effect: VQLQuery.Effect) throws(MegaraptorError) -> VQLQuery {
            guard let query else { throw Self.unfit("query is missing.") }
            let values = try TypedEnvironment(
                JSONObject((env ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
            )
            let rows = min(maxRows ?? QueryProvider.mostRows, QueryProvider.mostRows)
            return VQLQuery(
                query,
                values.variables,
                prelude: values.prelude,
                effect: effect,
                organization: organization,
                timeout: timeout(.seconds(30), longest),
                rowLimit: rows,
                rowsPerMessage: UInt64(min(1000, rows + 1))
            )
        }

        func timeout(_ standard: Duration, _ longest: Duration) -> Duration {
            min(timeoutMilliseconds.map { .milliseconds($0) } ?? standard, longest)
        }
    }

    /// Also where nothing is said: a program that asks does not expect a part.
    static let mostRows = 100_000

    static let schema = Schema.object(
        .required("api_config", .string(pattern: "^/").described("The absolute path of an API client file.")),
        .optional("query", .string.with("minLength", 1).described("VQL; check needs none.")),
        .optional("env", Schema(["type": "object"]).described("Values that the query uses by name, of any type.")),
        .optional("org_id", .organization),
        .optional("timeout_ms", .integer(1...3_600_000)),
        .optional("max_rows", .integer(1...Int64(mostRows)).defaulting(to: .integer(Int64(mostRows))))
    )
}

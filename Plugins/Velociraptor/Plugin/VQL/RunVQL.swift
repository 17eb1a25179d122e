// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// Runs any VQL that the key may run.
public struct RunVQL: Sendable {
    /// What is asked for.
    public struct Request: Sendable, Hashable {
        public var query: String
        /// Values of any JSON type that arrive in the query under their names, with their types.
        public var environment: JSONObject
        public var rowLimit: Int
        public var timeout: Duration
        public var organization: String?

        public init(
            query: String,
            environment: JSONObject = [:],
            rowLimit: Int = 1000,
            timeout: Duration = .seconds(60),
            organization: String? = nil
        ) {
            self.query = query
            self.environment = environment
            self.rowLimit = rowLimit
            self.timeout = timeout
            self.organization = organization
        }
    }

    let client: VelociraptorClient

    public init(client: VelociraptorClient) {
        self.client = client
    }

    /// An MCP tool result as JSON bytes. Throws when there is not a single row to tell of.
    public func callAsFunction(_ request: Request) async throws(MegaraptorError) -> [UInt8] {
        let values = try TypedEnvironment(request.environment)
        let started = ContinuousClock.now
        let result = try await client.run(
            VQLQuery(
                request.query,
                values.variables,
                prelude: values.prelude,
                effect: .mayChange,
                organization: request.organization,
                timeout: request.timeout,
                rowLimit: request.rowLimit,
                rowsPerMessage: UInt64(min(1000, request.rowLimit + 1))
            )
        )
        let report = QueryReport(
            result,
            query: request.query,
            rowLimit: request.rowLimit,
            organization: request.organization
        )
        return report.toolResult(elapsed: ContinuousClock.now - started)
    }
}

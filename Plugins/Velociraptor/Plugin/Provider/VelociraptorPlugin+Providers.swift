// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorPluginKit

extension VelociraptorPlugin {
    public var providers: [Provider] {
        [
            Provider(
                "velociraptor",
                interface: "velociraptor.query/1",
                title: "Velociraptor queries",
                description: "Asks the server that an API client file describes: who we are there, and VQL.",
                inputSchema: QueryProvider.schema,
                reading: [
                    "check": { arguments, context in try await provider(context).check(arguments) },
                    "read": { arguments, context in try await provider(context).read(arguments) },
                ],
                changing: [
                    "query": { arguments, context in try await provider(context).query(arguments) }
                ]
            )
        ]
    }

    private func provider(_ context: CallContext) async throws -> QueryProvider {
        QueryProvider(
            client: client,
            isReadOnly: context.isReadOnly,
            allowsServerReads: try await context.host.config()["allow_server_reads"] == true,
            longest: context.within(.seconds(3600))
        )
    }
}

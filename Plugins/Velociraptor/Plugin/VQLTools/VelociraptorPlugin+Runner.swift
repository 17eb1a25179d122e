// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
public import MegaraptorPluginKit

extension VelociraptorPlugin {
    public var runners: [Runner] {
        [
            Runner(
                "vql",
                description: "Runs a query on the Velociraptor server, with the tool's arguments as its variables.",
                check: { definition, context in try await runner(context).check(definition) },
                run: { definition, arguments, context in
                    try await servers.choosing(nil) {
                        try await runner(context).run(definition, arguments, budget: context.budget)
                    }
                }
            )
        ]
    }

    private func runner(_ context: CallContext) async throws(MegaraptorError) -> VQLToolRunner {
        VQLToolRunner(
            client: client,
            isReadOnly: context.isReadOnly,
            allowsServerReads: try await context.host.config()["allow_server_reads"] == true,
            timeout: context.within(.seconds(3600))
        )
    }
}

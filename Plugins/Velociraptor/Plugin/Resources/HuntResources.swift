// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension VelociraptorPlugin {
    /// How many hunts the resource shows; the tool shows more.
    private static let listed = 50

    var huntList: Resource {
        .velociraptor(
            "hunts",
            name: "hunts",
            title: "Hunts",
            description: "The \(Self.listed) newest hunts. list_hunts pages through all of them and searches."
        ) { context in
            let page = try await ListHunts(client: client)(
                ListHunts.Request(limit: Self.listed, timeout: context.within(.seconds(30)))
            )
            return page.resource("hunt_list", more: "list_hunts")
        }
    }

    var huntDetails: ResourceTemplate {
        .velociraptor(
            "hunts/{hunt_id}",
            name: "hunt",
            title: "Hunt",
            description: "One hunt with its condition, parameters and counts. Changes are announced to subscribers."
        ) { values, context in
            let lookup = HuntLookup(client: client, timeout: context.within(.seconds(30)))
            let hunt = try await lookup(try values.identifier(.hunt))
            return ["type": "hunt_detail", "hunt": .object(hunt.details)]
        }
    }

    var huntResults: ResourceTemplate {
        .velociraptor(
            "hunts/{hunt_id}/results",
            name: "hunt-results",
            title: "Hunt results",
            description: """
                The first \(HuntResultRows.most) rows of a hunt, each with its source and number. get_hunt_results \
                pages through all of them and filters. Changes are announced to subscribers.
                """
        ) { values, context in
            try await HuntResultRows(
                client: client,
                bytes: context.resultBytes,
                timeout: context.within(.seconds(60))
            )(try values.identifier(.hunt))
        }
    }
}

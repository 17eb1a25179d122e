// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import VelociraptorQuery

private struct ImportInput: ToolInput {
    var deploymentID: String
    var serverPath: String
    var clientID: String?
    var hostname: String?
    var passwordSecret: String?

    private enum CodingKeys: String, CodingKey {
        case hostname
        case deploymentID = "deployment_id"
        case serverPath = "server_path"
        case clientID = "client_id"
        case passwordSecret = "password_secret"
    }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .required(
            "server_path",
            .string(pattern: "^(/|[A-Za-z]:\\\\)").with("maxLength", 4096).described(
                "Where the archive lies as the server sees it: copy it there first."
            )
        ),
        .optional(
            "client_id",
            .string(pattern: "^(auto|C\\.[0-9a-f]+)$").defaulting(to: "auto").described(
                "Whose collection this is. auto: the client of the same host name, or a new one."
            )
        ),
        .optional("hostname", .string.with("maxLength", 253).described("What a new client is called.")),
        .optional(
            "password_secret",
            .string.with("maxLength", 100).described(
                "The name of the kept secret that opens it, where a password does."
            )
        )
    )
}

extension AgentsPlugin {
    private static let query = """
        LET ZIP_PASSWORDS <= Password
        SELECT import_collection(client_id=ClientId, hostname=Hostname, filename=Path, accessor="file") AS Imported
        FROM scope()
        """

    var importTool: Tool {
        Tool(
            "import_offline_collection",
            title: "Import an offline collection",
            description: """
                Loads the archive of an offline collector into a deployed server, as a flow of the client it came from. \
                The archive must lie where the server can read it. What is encrypted to that server's certificate opens \
                by itself.
                """,
            toolset: Self.toolset,
            effects: Tool.Effects(readOnly: false, destructive: false, idempotent: false, openWorld: true),
            outputSchema: .object(open: true)
        ) { (input: ImportInput, context: CallContext) in
            ToolResult(agents: try await importCollection(input, context))
        }
    }

    private func importCollection(_ input: ImportInput, _ context: CallContext) async throws(MegaraptorError)
        -> JSONObject
    {
        let enrolment = try await core.enrolment(input.deploymentID, for: context)
        var password = ""
        if let name = input.passwordSecret { password = try await core.host.secret(name).text }
        let rows = try await core.queries(enrolment, for: context).change(
            Self.query,
            [
                "Password": .string(password), "ClientId": .string(input.clientID ?? "auto"),
                "Hostname": .string(input.hostname ?? ""), "Path": .string(input.serverPath),
            ]
        )
        // The server answers null where it could not, and only its log says why.
        guard let imported = rows.first?["Imported"], let flow = imported["session_id"]?.stringValue,
            let client = imported["client_id"]?.stringValue
        else {
            throw MegaraptorError(
                .failedPrecondition,
                "The server imported nothing from \(input.serverPath).",
                hint:
                    "It must be an archive that the server can read and open: encrypted to this very server's certificate,"
                    + " by the password of password_secret, or not at all. The server's log tells more."
            )
        }
        return [
            "deployment_id": .string(enrolment.deploymentID), "client_id": .string(client), "flow_id": .string(flow),
            "server_path": .string(input.serverPath),
            "message": .string(
                "Imported as flow \(flow) of client \(client). get_flow_results has its rows, under connection"
                    + " \(enrolment.deploymentID)."
            ),
        ]
    }
}

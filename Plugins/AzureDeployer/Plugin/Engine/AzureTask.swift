// SPDX-License-Identifier: Apache-2.0

import AzureClient
import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// One question to the deployer: a deployment, and the Azure that has it.
struct AzureTask: Sendable {
    let connection: AzureConnection
    let request: DeploymentRequest
    let options: AzureOptions
    let names: AzureNames

    init(connection: AzureConnection, request: DeploymentRequest, options: AzureOptions) {
        self.connection = connection
        self.request = request
        self.options = options
        names = AzureNames(request.deployment)
    }

    var deployment: DeploymentSpecification { request.deployment }
    var client: ARMClient { connection.client }
    var interval: Duration { connection.pace.interval }
    var waitLimit: Duration { .seconds(60 * options.common.minutesToWait) }

    // MARK: - Places

    var groupName: String { options.resourceGroup ?? names.name }
    var groupPath: String { "\(connection.subscriptionPath)/resourceGroups/\(groupName)" }
    var deploymentPath: String { "\(groupPath)/providers/Microsoft.Resources/deployments/\(names.name)" }
    var machinePath: String { "\(groupPath)/providers/Microsoft.Compute/virtualMachines/\(names.name)" }

    // MARK: - The template

    /// The template with another program than that of the inputs.
    func template(_ program: Program? = nil) throws(MegaraptorError) -> DeploymentTemplate {
        guard let program else { return try DeploymentTemplate(deployment, options) }
        var json = request.options.objectValue ?? [:]
        json["program_url"] = .string(program.url)
        json["program_sha256"] = .string(program.sha256)
        json["program_version"] = .string(program.version)
        json["program_architecture"] = .string(program.architecture)
        return try DeploymentTemplate(deployment, try AzureOptions(.object(json)))
    }

    /// Asks about a template what changes nothing: whether Azure takes it, or what it would change. The answer may come
    /// at once or later.
    func answer(_ question: String, _ body: JSONValue) async throws(MegaraptorError) -> JSONValue {
        let operation = try await client.begin(
            "POST",
            "\(deploymentPath)/\(question)",
            APIVersions.resources,
            body: body,
            asks: true
        )
        let answer = try await client.wait(for: operation, limit: .seconds(300), interval: interval)
        if let error = answer["error"] { throw ARMFault(error, place: "the template").error }
        return answer
    }

    func inventory() async throws(MegaraptorError) -> Inventory {
        try await Inventory(self)
    }

    /// What Azure says of the machine itself; `nil` where there is none.
    func instanceView() async throws(MegaraptorError) -> MachineView? {
        do throws(MegaraptorError) {
            return MachineView(try await client.get(machinePath + "/instanceView", APIVersions.machines))
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}

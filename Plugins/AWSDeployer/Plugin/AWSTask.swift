// SPDX-License-Identifier: Apache-2.0

import AWSClient
import CloudServer
import DeployerKit
import MegaraptorErrors

/// One question to the deployer: a deployment, and the account and region that have it.
struct AWSTask: Sendable {
    let client: AWSClient
    let deployment: DeploymentSpecification
    let options: AWSOptions
    let state: DeployerState
    let surroundings: Surroundings

    init(_ request: DeploymentRequest, _ surroundings: Surroundings) async throws(MegaraptorError) {
        options = try AWSOptions(request.options)
        client = try await Self.client(options, surroundings)
        deployment = request.deployment
        state = try DeployerState(request.state)
        self.surroundings = surroundings
    }

    static func client(
        _ options: AWSOptions,
        _ surroundings: Surroundings
    ) async throws(MegaraptorError) -> AWSClient {
        let settings = try AWSSettings(
            profile: options.awsProfile,
            region: options.region,
            endpoint: options.endpointURL,
            environment: surroundings.environment
        )
        return try await AWSClient(settings, clock: surroundings.clock, retries: surroundings.retries)
    }

    var stackName: String { StackTemplate.stackName(deployment) }
    var tags: StackTags { StackTags(deployment) }
    var stacks: Stacks { Stacks(client: client) }
    var machines: Machines { Machines(client: client, tags: tags) }
    var logGroups: LogGroups { LogGroups(client: client, prefix: "/megaraptor/\(stackName)") }
    var secret: ConfigurationSecret { ConfigurationSecret(client: client, deployment: deployment) }

    /// The template for these inputs.
    ///
    /// - Parameter stack: that is there and is to have it: its zone stays, because the evidence lies there.
    func template(for stack: Stack) async throws(MegaraptorError) -> StackTemplate {
        var template = try StackTemplate(deployment, options, zone: stack.parameters["AvailabilityZone"])
        if let name = stack.outputs["LogGroupName"] { template.logGroupName = name }
        return template
    }

    /// The template for a new stack.
    ///
    /// - Parameter zone: as a plan has settled it; left out, it is looked up.
    func template(zone: String? = nil) async throws(MegaraptorError) -> StackTemplate {
        var template = try await placedTemplate(zone)
        template.logGroupName = try await logGroups.freeName()
        return template
    }

    private func placedTemplate(_ zone: String?) async throws(MegaraptorError) -> StackTemplate {
        if let subnet = options.subnetID {
            return try StackTemplate(deployment, options, zone: try await machines.subnet(subnet)?.zone)
        }
        if let zone { return try StackTemplate(deployment, options, zone: zone) }
        let type = try StackTemplate(deployment, options, zone: nil).instanceType
        return try StackTemplate(deployment, options, zone: try await machines.zones(type).first)
    }

    func inventory() async throws(MegaraptorError) -> Inventory { try await Inventory(self) }
}

// SPDX-License-Identifier: Apache-2.0

import AWSClient
import DeployerKit
import JSONValue
import MegaraptorErrors

/// All that the account has of a deployment, by name and tag.
struct Inventory: Sendable {
    private let task: AWSTask
    /// Only where it carries the deployment's tags.
    let stack: Stack?
    let members: [StackMember]
    let secret: ConfigurationSecret.Description?
    let logGroups: [String]
    let machines: [Machine]
    let volumes: [Storage]
    let snapshots: [Storage]
    /// What has one of the deployment's names and is somebody else's, in words.
    let foreign: [String]

    init(_ task: AWSTask) async throws(MegaraptorError) {
        self.task = task
        var foreign: [String] = []
        let stack = try await task.stacks.find(task.stackName)
        let isOurs = stack.map { task.tags.own($0.tags) } ?? false
        if stack != nil, !isOurs { foreign.append("stack \(task.stackName)") }
        self.stack = isOurs ? stack : nil
        if let stack, isOurs {
            members = try await task.stacks.resources(stack.id).filter(\.exists)
        } else {
            members = []
        }
        let secret = try await task.secret.look()
        let isOurSecret = secret.map { task.tags.own($0.tags) } ?? false
        if secret != nil, !isOurSecret { foreign.append("secret \(task.secret.name)") }
        self.secret = isOurSecret ? secret : nil
        let logs = try await task.logGroups.all()
        logGroups = logs.filter { task.tags.own($0.tags) }.map(\.name)
        machines = try await task.machines.all()
        volumes = try await task.machines.volumes()
        snapshots = try await task.machines.snapshots()
        self.foreign = foreign
    }

    var isEmpty: Bool { resources.isEmpty }

    /// - Throws: `conflict` where something of the deployment's names is somebody else's.
    func requireOwn() throws(MegaraptorError) {
        guard let first = foreign.first else { return }
        throw MegaraptorError(
            .conflict,
            "The \(first) does not carry this deployment's tags: it is somebody else's, and stays as it is.",
            hint: "Rename or remove it, or use another account or region."
        )
    }

    /// - Throws: `failed_precondition` where there is no stack that stands.
    func requireStanding() throws(MegaraptorError) -> Stack {
        if let stack, stack.status.isStanding || stack.status.isStuck { return stack }
        let what = stack.map { "The stack \($0.name) is \($0.status)" } ?? "There is no stack \(task.stackName)"
        throw MegaraptorError(.failedPrecondition, "\(what).", hint: "Look at status; create it anew, or remove it.")
    }

    /// The volume that the stack has now.
    var dataVolume: Storage? {
        member("DataVolume").flatMap { member in volumes.first { $0.id == member.physicalID } }
    }

    func member(_ logicalID: String) -> StackMember? { members.first { $0.logicalID == logicalID } }

    // MARK: - For the core

    var resources: [DeployedResource] {
        var resources: [DeployedResource] = []
        if let stack {
            resources.append(.init(kind: Kind.stack, id: stack.id, name: stack.name, exists: true))
        }
        for member in members {
            resources.append(
                .init(
                    kind: member.type,
                    id: member.physicalID,
                    name: member.logicalID,
                    exists: true,
                    holdsData: Kind.holdsData.contains(member.type)
                )
            )
        }
        let known = Set(members.map(\.physicalID))
        func add(_ kind: String, _ id: String, _ name: String) {
            guard !known.contains(id) else { return }
            resources.append(.init(kind: kind, id: id, name: name, exists: true, holdsData: true))
        }
        // One that is about to be deleted is as good as gone: only a new creation brings it back.
        if let secret, !secret.isLeaving { add(Kind.secret, secret.arn, task.secret.name) }
        for group in logGroups { add(Kind.logGroup, group, group) }
        for volume in volumes { add(Kind.volume, volume.id, volume.tags["Name"] ?? volume.id) }
        for snapshot in snapshots { add(Kind.snapshot, snapshot.id, snapshot.tags["Name"] ?? snapshot.id) }
        return resources
    }

    /// What the deployer remembers, from what there is.
    var state: DeployerState {
        var state = task.state
        state.region = task.client.region.name
        state.zone = stack?.parameters["AvailabilityZone"] ?? state.zone
        state.stackID = stack?.id
        state.secretARN = secret?.arn
        state.secretVersion = stack?.parameters["ConfigurationVersion"] ?? secret?.current
        state.outputs = stack.map(\.outputs)
        return state
    }
}

/// CloudFormation's names for kinds of things.
enum Kind {
    static let stack = "AWS::CloudFormation::Stack"
    static let secret = "AWS::SecretsManager::Secret"
    static let logGroup = "AWS::Logs::LogGroup"
    static let volume = "AWS::EC2::Volume"
    static let snapshot = "AWS::EC2::Snapshot"
    static let machine = "AWS::EC2::Instance"

    static let holdsData: Set = [secret, logGroup, volume, snapshot]
}

// SPDX-License-Identifier: Apache-2.0

import AWSClient
import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// Looks for what stands against a deployment.
struct Validation: Sendable {
    let task: AWSTask

    func problems() async throws(MegaraptorError) -> [DeploymentProblem] {
        // Whatever else is asked needs these two.
        do {
            _ = try await CallerIdentity(task.client)
        } catch {
            if error.code == .cancelled { throw error }
            return [DeploymentProblem(.error, message(error), hint: error.hint)]
        }
        let regions = try await task.machines.regions()
        guard regions.contains(task.client.region.name) else {
            return [
                DeploymentProblem(
                    .error,
                    field: "region",
                    "The account cannot use the region \(task.client.region).",
                    hint: "Enable it, or take one of: \(regions.sorted().joined(separator: ", "))."
                )
            ]
        }
        var problems = hostname() + (try await network()) + (try await keys())
        do {
            let template = try await task.template()
            problems += try await machine(template)
        } catch {
            if error.code == .cancelled { throw error }
            problems.append(DeploymentProblem(.error, message(error), hint: error.hint))
        }
        let inventory = try await task.inventory()
        problems += inventory.foreign.map {
            DeploymentProblem(.error, "The \($0) is there and does not carry this deployment's tags.")
        }
        return problems
    }

    private func message(_ error: MegaraptorError) -> String { error.message }

    private func hostname() -> [DeploymentProblem] {
        let name = task.deployment.hostname.lowercased()
        guard name == "localhost" || name.hasPrefix("127.") || name == "::1" || name == "0.0.0.0" else { return [] }
        return [
            DeploymentProblem(
                .error,
                field: "server_hostname",
                "Agents would be given the name \(name), by which each of them finds itself.",
                hint: "Give the name by which agents will reach the server."
            )
        ]
    }

    private func network() async throws(MegaraptorError) -> [DeploymentProblem] {
        guard let network = task.options.networkID, let subnet = task.options.subnetID else { return [] }
        guard try await task.machines.hasNetwork(network) else {
            return [
                DeploymentProblem(.error, field: "network_id", "There is no VPC \(network) in \(task.client.region).")
            ]
        }
        guard let found = try await task.machines.subnet(subnet) else {
            return [
                DeploymentProblem(.error, field: "subnet_id", "There is no subnet \(subnet) in \(task.client.region).")
            ]
        }
        guard found.network == network else {
            return [DeploymentProblem(.error, field: "subnet_id", "The subnet \(subnet) is in \(found.network).")]
        }
        if let zone = task.options.availabilityZone, zone != found.zone {
            return [
                DeploymentProblem(.error, field: "availability_zone", "The subnet \(subnet) lies in \(found.zone).")
            ]
        }
        return []
    }

    private func keys() async throws(MegaraptorError) -> [DeploymentProblem] {
        var problems: [DeploymentProblem] = []
        if let key = task.options.sshKey, try await !task.machines.hasKeyPair(key) {
            problems.append(
                DeploymentProblem(.error, field: "ssh_key", "There is no key pair \(key) in \(task.client.region).")
            )
        }
        if let certificate = task.options.certificate {
            do {
                _ = try await task.client.json(
                    .secretsManager,
                    "DescribeSecret",
                    ["SecretId": .string(certificate)],
                    .safe
                )
            } catch {
                if error.code == .cancelled { throw error }
                problems.append(DeploymentProblem(.error, field: "certificate", message(error), hint: error.hint))
            }
        }
        return problems
    }

    private func machine(_ template: StackTemplate) async throws(MegaraptorError) -> [DeploymentProblem] {
        let type = template.instanceType
        guard let processors = try await task.machines.architectures(type) else {
            return [
                DeploymentProblem(
                    .error,
                    field: "instance_type",
                    "\(task.client.region) has no machines of type \(type)."
                )
            ]
        }
        let wanted = template.shape.program.architecture == .amd64 ? "x86_64" : "arm64"
        guard processors.contains(wanted) else {
            let words = "Machines of type \(type) are \(processors.joined(separator: ", ")), the program is \(wanted)."
            return [DeploymentProblem(.error, field: "instance_type", words)]
        }
        return []
    }
}

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
            return [DeploymentProblem(.error, error.message, hint: error.hint)]
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
        var problems = try await network() + keys() + certificate()
        do {
            let template = try await task.template()
            problems += try await template.shape.problems + machine(template)
        } catch {
            if error.code == .cancelled { throw error }
            problems.append(DeploymentProblem(.error, error.message, hint: error.hint))
        }
        let inventory = try await task.inventory()
        problems += inventory.foreign.map {
            DeploymentProblem(.error, "The \($0) is there and does not carry this deployment's tags.")
        }
        return problems
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
        guard let key = task.options.sshKey, try await !task.machines.hasKeyPair(key) else { return [] }
        return [DeploymentProblem(.error, field: "ssh_key", "There is no key pair \(key) in \(task.client.region).")]
    }

    private func certificate() async throws(MegaraptorError) -> [DeploymentProblem] {
        guard let certificate = task.options.certificate else { return [] }
        let secret: JSONValue
        do {
            let input: JSONObject = ["SecretId": .string(certificate)]
            secret = try await task.client.json(.secretsManager, "DescribeSecret", input, .safe)
        } catch {
            if error.code == .cancelled { throw error }
            return [DeploymentProblem(.error, field: "certificate", error.message, hint: error.hint)]
        }
        // AWS's own key needs no right of the role's; it is named or left out.
        guard let key = secret["KmsKeyId"]?.stringValue, !key.hasSuffix("alias/aws/secretsmanager") else { return [] }
        return [
            DeploymentProblem(
                .error,
                field: "certificate",
                "The certificate's secret is encrypted with the key \(key), which the machine's role may not use.",
                hint: "Keep it in a secret that has AWS's own key, aws/secretsmanager."
            )
        ]
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

// SPDX-License-Identifier: Apache-2.0

import AzureClient
import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

extension AzureDeployer {
    func validate(_ request: DeploymentRequest, context: CallContext) async throws -> [DeploymentProblem] {
        let task: AzureTask
        do throws(MegaraptorError) {
            task = try await self.task(request)
        } catch {
            guard error.code != .cancelled else { throw error }
            return [DeploymentProblem(error)]
        }
        return try await Validation(task: task).problems()
    }
}

extension DeploymentProblem {
    init(_ error: MegaraptorError, field: String? = nil) {
        self.init(.error, field: field, error.message, hint: error.hint.isEmpty ? nil : error.hint)
    }
}

/// What stands against a deployment.
struct Validation: Sendable {
    let task: AzureTask

    func problems() async throws(MegaraptorError) -> [DeploymentProblem] {
        var problems: [DeploymentProblem] = []
        do throws(MegaraptorError) {
            let template = try task.template()
            problems += template.shape.problems
            problems += template.warnings.map { DeploymentProblem(.warning, $0) }
            problems += try await place()
            problems += try await size(template)
            problems += try await given()
            problems += try await whole(template)
        } catch {
            if error.code == .cancelled { throw error }
            problems.append(DeploymentProblem(error))
        }
        return problems
    }

    private func place() async throws(MegaraptorError) -> [DeploymentProblem] {
        let inventory = try await task.inventory()
        try inventory.requireOwn()
        guard let region = task.options.common.region else {
            guard inventory.group == nil else { return [] }
            return [DeploymentProblem(.error, field: "region", "No region is given.", hint: "Such as westeurope.")]
        }
        let list = try await task.client.list(
            task.connection.subscriptionPath + "/locations",
            APIVersions.subscriptions
        )
        let known = list.compactMap { $0["name"]?.stringValue }
        guard known.contains(region) else {
            let near = Spelling.nearest(to: region, among: known).map { "Did you mean \($0)?" }
            let hint = near ?? "\"az account list-locations\" shows them."
            return [DeploymentProblem(.error, field: "region", "The subscription has no region \(region).", hint: hint)]
        }
        let present = inventory.group?["location"]?.stringValue
        guard present == nil || present == region else {
            let words = "The deployment's resource group is in \(present ?? "") and cannot move to \(region)."
            return [DeploymentProblem(.error, field: "region", words)]
        }
        return []
    }

    private func size(_ template: DeploymentTemplate) async throws(MegaraptorError) -> [DeploymentProblem] {
        guard let region = task.options.common.region else { return [] }
        let path = "\(task.connection.subscriptionPath)/providers/Microsoft.Compute/locations/\(region)/vmSizes"
        let known: [String]
        do throws(MegaraptorError) {
            known = try await task.client.list(path, APIVersions.machines).compactMap { $0["name"]?.stringValue }
        } catch {
            // A region that is not known was told already.
            if error.code == .invalidArgument || error.code == .notFound { return [] }
            throw error
        }
        guard !known.contains(where: { $0.lowercased() == template.vmSize.lowercased() }) else { return [] }
        let hint = "\"az vm list-sizes --location \(region)\" shows what there is."
        let words = "The region \(region) has no machine of the size \(template.vmSize)."
        return [DeploymentProblem(.error, field: "instance_type", words, hint: hint)]
    }

    /// What others have made and the options name.
    private func given() async throws(MegaraptorError) -> [DeploymentProblem] {
        let wanted = [
            ("subnet_id", task.options.common.subnetID, APIVersions.network),
            ("dns_zone", task.options.common.dnsZone, APIVersions.dns),
            ("certificate", task.options.common.certificate, APIVersions.vaults),
        ]
        var problems: [DeploymentProblem] = []
        for (field, id, version) in wanted {
            guard let id else { continue }
            if try await task.client.find(id, version) == nil {
                problems.append(DeploymentProblem(.error, field: field, "Azure has no \(id)."))
            }
        }
        return problems
    }

    /// Where the group is there, Azure checks the whole template; before that it has no place to do it in.
    private func whole(_ template: DeploymentTemplate) async throws(MegaraptorError) -> [DeploymentProblem] {
        guard try await task.inventory().group != nil else { return [] }
        let body = DeploymentContent.planned(template).body(sshKey: try await AdministratorKey(task: task).text)
        let request = ARMRequest(
            "POST",
            task.deploymentPath + "/validate",
            APIVersions.resources,
            body: body,
            asks: true
        )
        let answer = try await task.client.send(request).body
        guard let error = answer["error"] else { return [] }
        return [DeploymentProblem(ARMFault(error, place: "the template").error)]
    }
}

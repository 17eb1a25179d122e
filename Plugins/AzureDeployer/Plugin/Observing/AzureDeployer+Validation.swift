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
            problems += try await certificateVault()
            problems += try await present(template)
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

    /// The machine reads the certificate by a role and from its own network.
    private func certificateVault() async throws(MegaraptorError) -> [DeploymentProblem] {
        guard let secret = task.options.common.certificate else { return [] }
        let id = "/" + secret.split(separator: "/").dropLast(2).joined(separator: "/")
        // That a secret is not there was told already.
        guard let properties = try await task.client.find(id, APIVersions.vaults)?["properties"] else { return [] }
        var problems: [DeploymentProblem] = []
        func add(_ severity: DeploymentProblem.Severity, _ message: String, _ hint: String) {
            problems.append(DeploymentProblem(severity, field: "certificate", message, hint: hint))
        }
        if properties["enableRbacAuthorization"] != true {
            add(
                .error,
                "The certificate's vault takes no roles, so the machine cannot be let in.",
                "\"az keyvault update --ids \(id) --enable-rbac-authorization true\": access policies then count no more."
            )
        }
        let rules = properties["networkAcls"]
        let subnets = (rules?["virtualNetworkRules"]?.arrayValue ?? []).compactMap {
            $0["id"]?.stringValue?.lowercased()
        }
        let isLetIn = task.options.common.subnetID.map { subnets.contains($0.lowercased()) } ?? false
        if rules?["defaultAction"] == "Deny", !isLetIn {
            add(
                .error,
                "The firewall of the certificate's vault does not let the server's network in.",
                "Give a subnet_id that its network rules name, or let its firewall allow all networks."
            )
        } else if properties["publicNetworkAccess"]?.stringValue?.lowercased() == "disabled" {
            add(
                .warning,
                "The certificate's vault is reached by private endpoints only.",
                "The server's network needs one, with its name in the network's DNS."
            )
        }
        return problems
    }

    /// What stands against it in what is there already.
    private func present(_ template: DeploymentTemplate) async throws(MegaraptorError) -> [DeploymentProblem] {
        let inventory = try await task.inventory()
        var problems = [try await deletedVault(template, inventory)].compactMap(\.self)
        // Where the group is there, Azure checks the whole template; before that it has no place to do it in.
        guard inventory.group != nil else { return problems }
        let growth = try await DiskGrowth(inventory).problem(template)
        let key = try await AdministratorKey(task)
        problems += [growth, key.warning.map { DeploymentProblem(.warning, field: "ssh_key", $0) }].compactMap(\.self)
        guard growth == nil else { return problems }
        do throws(MegaraptorError) {
            _ = try await task.answer("validate", DeploymentContent.planned(template).body(sshKey: key.text))
        } catch {
            if error.code == .cancelled { throw error }
            problems.append(DeploymentProblem(error))
        }
        return problems
    }

    /// A vault that was deleted keeps its name, and nobody may shorten that.
    private func deletedVault(
        _ template: DeploymentTemplate,
        _ inventory: Inventory
    ) async throws(MegaraptorError) -> DeploymentProblem? {
        guard let region = inventory.group?["location"]?.stringValue ?? task.options.common.region else { return nil }
        let name = template.keyVaultName
        let path =
            "\(task.connection.subscriptionPath)/providers/Microsoft.KeyVault/locations/\(region)/deletedVaults/\(name)"
        let found: JSONValue?
        do throws(MegaraptorError) {
            found = try await task.client.find(path, APIVersions.vaults)
        } catch {
            guard error.code == .permissionDenied || error.code == .invalidArgument else { throw error }
            let words = "Whether a deleted Key Vault still has the name \(name) cannot be seen: \(error.message)"
            return DeploymentProblem(.warning, words, hint: error.hint.isEmpty ? nil : error.hint)
        }
        guard let found else { return nil }
        let end = found["properties"]?["scheduledPurgeDate"]?.stringValue ?? "a time that Azure does not tell"
        return DeploymentProblem(
            .error,
            "A Key Vault \(name), which was deleted, keeps its name until \(end).",
            hint:
                "Make a new deployment, whose vault has another name, or have it back with \"az keyvault recover --name"
                + " \(name) --location \(region)\" once its resource group is there again."
        )
    }
}

// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// The Resource Manager template of one server, and what a plan says of it.
///
/// One template for one set of inputs: what nobody asked for is not in it. What may differ between updates of the same
/// server is a parameter.
struct DeploymentTemplate: Sendable {
    let deployment: DeploymentSpecification
    let options: AzureOptions
    let shape: ServerShape
    let vmSize: String
    /// `nil` where ``vmSize`` is none that this product knows.
    let size: MachineSize?

    init(_ deployment: DeploymentSpecification, _ options: AzureOptions) throws(MegaraptorError) {
        self.deployment = deployment
        self.options = options
        shape = try ServerShape(deployment, options.common)
        let wanted = options.instanceType
        let known = Self.sizes.first { $0.name == wanted }
        size = wanted == nil ? try shape.size(of: Self.sizes) : known
        vmSize = wanted ?? size?.name ?? ""
        guard Self.architecture(of: vmSize) == shape.program.architecture else {
            throw MegaraptorError(
                .invalidArgument,
                "The machine \(vmSize) does not run a program for \(shape.program.architecture.rawValue).",
                hint: "Leave instance_type out, or give a program of the other architecture."
            )
        }
        try Self.check(deployment.hostname, zone: options.dnsZone)
        guard !(1...6).contains(shape.backupDays) else {
            throw MegaraptorError(
                .invalidArgument,
                "Azure Backup keeps daily backups for 7 days at least, and backup_days is \(shape.backupDays).",
                hint: "Give 7 or more, or 0 for none."
            )
        }
    }

    /// The record's zone, and whether the server's name is in it.
    private static func check(_ hostname: String, zone: String?) throws(MegaraptorError) {
        guard let zone = zone?.split(separator: "/").last?.lowercased() else { return }
        let name = hostname.lowercased()
        guard name == zone || name.hasSuffix("." + zone) else {
            throw MegaraptorError(
                .invalidArgument,
                "The name \(hostname) is not in the zone \(zone), so no record can be made for it.",
                hint: "Give the zone that the name is in, or leave dns_zone out."
            )
        }
    }

    /// Of the machine and of most of what is beside it.
    var name: String { AzureNames(deployment).name }

    /// Vaults share one name space, so only the id is in it: 3 to 24 letters, digits and hyphens.
    var keyVaultName: String {
        String(
            deployment.id.unicodeScalars.filter {
                $0.isASCII && ($0.properties.isAlphabetic || "-0123456789".unicodeScalars.contains($0))
            }
            .prefix(24).map(Character.init)
        )
    }

    static let secretName = "server-config"

    var isArm: Bool { shape.program.architecture == .arm64 }
    var layout: ServerLayout { shape.layout }

    var tags: JSONObject { AzureNames(deployment).tags }

    var resources: [TemplateResource] {
        network + vault + storage + machine + rights + logging + backup + naming + [boot]
    }

    var exposure: [DeploymentPlan.Exposure] {
        let tunnel = shape.isOpen(.ssh) ? "by an SSH tunnel" : "not even by a tunnel, for SSH is closed, too"
        return shape.exposure(inside: tunnel)
    }

    var cost: DeploymentPlan.Cost {
        var extras: [(String, Int)] = []
        if options.hasPublicAddress { extras.append(("public address", 4)) }
        if hasGateway { extras.append(("NAT gateway", 37)) }
        if shape.backupDays > 0 { extras.append(("protected machine", 10)) }
        return shape.cost(size: size, diskPerGB: 0.13, extras: extras)
    }

    var warnings: [String] {
        var warnings = shape.warnings
        if !shape.isOpen(.gui), !shape.isOpen(.ssh) {
            warnings.append(
                "Nobody reaches the GUI: gui_ranges and ssh_ranges are empty, and Azure has no port forwarding without"
                    + " either. Give one of them."
            )
        }
        if shape.openPorts.contains(where: { $0.ranges.contains(where: \.isIPv6) }) {
            warnings.append(
                "The server has an IPv4 address only: IPv6 ranges have effect only through what stands before it."
            )
        }
        if isArm { warnings.append("Arm machines have no trusted launch here: neither secure boot nor vTPM.") }
        if options.bastion == true, options.sshKey == nil {
            warnings.append("Bastion opens a way to SSH, but without ssh_key nobody can log in by it.")
        }
        if !ownsNetwork {
            warnings.append(
                "In a subnet that was there before, the Key Vault is open to every network: its firewall would need a service"
                    + " endpoint there. Only identities with a right can read in it all the same."
            )
        }
        if options.subnetID != nil, !options.hasPublicAddress {
            warnings.append("The subnet must have a way to the internet.")
        }
        return warnings
    }
}

// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// The CloudFormation template of one server, and what a plan says of it.
///
/// One template for one set of inputs: it has no conditions, and what nobody asked for is not in it. What may differ
/// between updates of the same server is a parameter.
struct StackTemplate: Sendable {
    let deployment: DeploymentSpecification
    let options: AWSOptions
    let shape: ServerShape
    let instanceType: String
    /// `nil` where ``instanceType`` is none that this product knows.
    let size: MachineSize?
    /// Where machine and data volume lie; `nil` for the first zone of the region.
    let zone: String?
    /// Of the log group. Another one where an earlier server's stayed, which CloudFormation does not take over.
    var logGroupName: String

    /// - Parameter zone: the availability zone of `subnet_id`; in a network of its own one that has the machine's size,
    ///   which not every zone of a region need have.
    /// - Throws: `failedPrecondition` where `subnet_id` is given without its zone.
    init(_ deployment: DeploymentSpecification, _ options: AWSOptions, zone: String?) throws(MegaraptorError) {
        self.deployment = deployment
        self.options = options
        logGroupName = "/megaraptor/\(Self.stackName(deployment))"
        shape = try ServerShape(deployment, options.common)
        let wanted = options.instanceType
        let known = Self.sizes.first { $0.name == wanted }
        size = wanted == nil ? try shape.size(of: Self.sizes) : known
        instanceType = wanted ?? size?.name ?? ""
        self.zone = zone ?? options.availabilityZone
        guard options.subnetID == nil || self.zone != nil else {
            throw MegaraptorError(
                .failedPrecondition,
                "The data volume must lie in the availability zone of \(options.subnetID ?? ""), which is not known.",
                hint: "Give availability_zone."
            )
        }
        guard Self.architecture(of: instanceType) == shape.program.architecture else {
            throw MegaraptorError(
                .invalidArgument,
                "The machine \(instanceType) does not run a program for \(shape.program.architecture.rawValue).",
                hint: "Leave instance_type out, or give a program of the other architecture."
            )
        }
    }

    /// The stack's name; resources whose names are fixed have it, too.
    static func stackName(_ deployment: DeploymentSpecification) -> String { "velociraptor-\(deployment.id)" }

    var tags: StackTags { StackTags(deployment) }
    var layout: ServerLayout { shape.layout }

    /// In the order of the template.
    var resources: [StackResource] { network + storage + logging + access + machine + care + naming }

    var exposure: [DeploymentPlan.Exposure] {
        shape.exposure(inside: "from this machine by port forwarding of AWS Systems Manager")
    }

    var cost: DeploymentPlan.Cost {
        var extras: [(String, Int)] = []
        if options.hasPublicAddress { extras.append(("public address", 4)) }
        if hasGateway { extras.append(("NAT gateway", 37)) }
        return shape.cost(size: size, diskPerGB: 0.08, extras: extras)
    }

    var warnings: [String] {
        var warnings = shape.warnings
        if shape.openPorts.contains(where: { $0.ranges.contains(where: \.isIPv6) }) {
            warnings.append(
                "The server has an IPv4 address only: IPv6 ranges have effect only through what stands before it."
            )
        }
        if options.subnetID != nil, !options.hasPublicAddress {
            warnings.append("The subnet must have a way to the internet or to the VPC endpoints of the services used.")
        }
        if options.dnsZone != nil, !options.hasPublicAddress {
            warnings.append(
                "The server keeps its own record up to date; a removal of the stack leaves the record there."
            )
        }
        if options.certificate != nil {
            warnings.append(
                "A machine fetches the certificate when it boots: a renewed one waits for the next machine."
            )
        }
        warnings.append(
            "Security updates are installed every night at 03:00 UTC, and the machine reboots then where they need it."
        )
        return warnings
    }
}

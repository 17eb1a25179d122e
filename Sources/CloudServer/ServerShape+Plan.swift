// SPDX-License-Identifier: Apache-2.0

public import DeployerKit

extension ServerShape {
    /// Each port, and who reaches it.
    ///
    /// - Parameter inside: how somebody reaches what is open to nobody, such as "by a session of …".
    public func exposure(inside: String) -> [DeploymentPlan.Exposure] {
        ports.compactMap { port in
            guard !port.ranges.isEmpty else {
                // The frontend listens on all addresses, and the firewall lets nobody through.
                let address = port.purpose == .agents ? "0.0.0.0" : "127.0.0.1"
                return port.purpose == .ssh
                    ? nil
                    : .init(purpose: port.purpose.title, address: address, port: port.port, reach: "nobody; \(inside)")
            }
            return .init(purpose: port.purpose.title, address: "0.0.0.0", port: port.port, reach: reach(port))
        }
    }

    private func reach(_ port: OpenPort) -> String {
        let ranges = port.ranges.map(\.text).joined(separator: ", ")
        guard options.hasPublicAddress else { return "inside its network: \(ranges)" }
        return port.ranges.contains(where: \.isWorld) ? "everybody on the internet (\(ranges))" : ranges
    }

    /// A class, and the sum that it comes from.
    public func cost(size: MachineSize?, diskPerGB: Double, extras: [(String, Int)]) -> DeploymentPlan.Cost {
        let disk = Int((Double(diskGB) * diskPerGB).rounded())
        var parts = [
            (size.map { "machine \($0.name)" } ?? "machine of a size without a known price", size?.monthlyUSD ?? 0)
        ]
        parts.append(("disk of \(diskGB) GB", disk))
        parts += extras
        let sum = parts.reduce(0) { $0 + $1.1 }
        let list = parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        let figure =
            "About \(sum) USD a month (\(list)); backups and traffic come on top, and list prices differ by region and time."
        let kind: DeploymentPlan.Cost.Class = size == nil || sum >= 250 ? .high : sum >= 80 ? .medium : .low
        return .init(kind, figure)
    }

    /// What somebody should know before it is made, whichever cloud it is.
    public var warnings: [String] {
        var warnings = openPorts.filter { $0.ranges.contains(where: \.isWorld) && options.hasPublicAddress }.map {
            "Port \($0.port) (\($0.purpose.title)) is open to the whole internet."
        }
        if !isOpen(.agents) {
            warnings.append("agent_ranges is empty: no agent can reach the server until it names where they are.")
        }
        if options.sshRanges?.isEmpty == false, options.sshKey == nil {
            warnings.append("ssh_ranges opens SSH, but without ssh_key nobody can log in by it.")
        }
        if backupDays == 0 { warnings.append("No backups are made: a lost disk is lost evidence.") }
        if options.dnsZone == nil {
            warnings.append(
                "Without dns_zone the name \(deployment.hostname) must be pointed at the address in the outputs by hand."
            )
        }
        if options.certificate != nil {
            warnings.append(
                "The certificate is put to \(Self.certificate.chain) and \(Self.certificate.key): give these as"
                    + " tls_certificate and tls_private_key, too, so that the server uses them."
            )
        }
        if deployment.limits.maxClients.map({ $0 > 10_000 }) ?? true {
            warnings.append("One server carries about 10000 agents. \(Self.frontendLimits)")
        }
        return warnings
    }

    /// What the vendor says of more than one frontend.
    public static let frontendLimits =
        "More frontends are experimental at the vendor: they share one file system, whose latency every read and write"
        + " then has, and only the master has GUI and API. So this makes exactly one server."
}

// SPDX-License-Identifier: Apache-2.0

public import DeployerKit

extension ListeningPorts {
    /// Whether a port is open where it should be and nowhere else. The check is called `exposure.<purpose>`.
    ///
    /// - Parameters:
    ///   - purpose: `agents`, `gui`, `api` or `monitoring`.
    ///   - endpoint: where it was planned to listen.
    public func exposure(_ purpose: String, _ endpoint: DeploymentSpecification.Endpoint) -> DeploymentCheck {
        let name = "exposure.\(purpose)"
        let found = addresses(port: endpoint.port)
        guard !found.isEmpty else {
            return DeploymentCheck(name, .failed, "Nothing on this machine listens on port \(endpoint.port).")
        }
        let wider = found.filter { !Self.isCovered($0, by: endpoint.address) }
        guard wider.isEmpty else {
            let text =
                "Port \(endpoint.port) listens on \(wider.joined(separator: ", ")), and only \(endpoint.address) was planned: "
                + "more people can reach it than should."
            return DeploymentCheck(name, .failed, text)
        }
        guard found.contains(where: { Self.isCovered(endpoint.address, by: $0) }) else {
            let text = "Port \(endpoint.port) listens on \(found.joined(separator: ", ")), not on \(endpoint.address)."
            return DeploymentCheck(name, .warning, text)
        }
        return DeploymentCheck(
            name,
            .ok,
            "Port \(endpoint.port) listens on \(found.joined(separator: ", ")) as planned."
        )
    }

    /// Whether everybody who reaches `address` would also reach `other`.
    private static func isCovered(_ address: String, by other: String) -> Bool {
        let (address, other) = (plain(address), plain(other))
        return address == other || isAll(other) || (isLoopback(address) && isLoopback(other))
    }

    private static func isAll(_ address: String) -> Bool { address == "0.0.0.0" || address == "::" }

    private static func isLoopback(_ address: String) -> Bool { address == "::1" || address.hasPrefix("127.") }

    /// An IPv4 address as it is, also where a socket of IPv6 holds it.
    private static func plain(_ address: String) -> String {
        address.hasPrefix("::ffff:") && address.contains(".") ? String(address.dropFirst(7)) : address
    }
}

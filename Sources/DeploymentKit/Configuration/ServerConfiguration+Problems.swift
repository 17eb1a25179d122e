// SPDX-License-Identifier: Apache-2.0

public import DeployerKit
internal import MegaraptorErrors

extension ServerConfiguration {
    /// What stands against this configuration, from what is known of the server: much of it the server itself notices only
    /// when an agent or a person comes.
    public func problems() -> [DeploymentProblem] {
        hostnameProblems + portProblems + addressProblems + pathProblems + servingProblems + accountProblems
            + otherProblems
    }

    func requireNoErrors() throws(MegaraptorError) {
        let errors = problems().filter { $0.severity == .error }
        guard let first = errors.first else { return }
        throw MegaraptorError(
            .invalidArgument,
            errors.map(\.message).joined(separator: " "),
            hint: first.hint ?? ""
        )
    }

    private var hostnameProblems: [DeploymentProblem] {
        guard hostname.isLoopback else { return [] }
        let message = "Agents on other machines cannot reach \(hostname): it means each of them itself."
        return [DeploymentProblem(.warning, field: "hostname", message)]
    }

    // MARK: - Ports

    private var portProblems: [DeploymentProblem] {
        var bound = [
            ("frontend_port", layout.frontend.port), ("gui_port", layout.gui.port), ("api_port", layout.api.port),
        ]
        if profile.hasMonitoring { bound.append(("monitoring_port", layout.monitoring.port)) }
        let shared = isACME && layout.frontend.port == 443 && layout.gui.port == 443
        let open = [("frontend_port", frontendPort), ("gui_port", guiPort)]
        return Self.portProblems(bound, mayShare: shared) + Self.portProblems(open, mayShare: shared)
    }

    /// What is wrong with ports that one machine is to listen on, each with the name of its field.
    ///
    /// - Parameter mayShare: whether the first two may be the same.
    public static func portProblems(_ ports: [(String, Int)], mayShare: Bool = false) -> [DeploymentProblem] {
        var problems: [DeploymentProblem] = []
        for (place, (field, port)) in ports.enumerated() {
            guard (1...65_535).contains(port) else {
                problems.append(DeploymentProblem(.error, field: field, "\(field) is \(port), not 1 to 65535."))
                continue
            }
            guard let other = ports[..<place].first(where: { $0.1 == port }), !(mayShare && place == 1) else {
                continue
            }
            problems.append(
                DeploymentProblem(
                    .error,
                    field: field,
                    "\(field) and \(other.0) are both \(port).",
                    hint:
                        "Velociraptor's own choice is 8000 for agents, 8889 for the GUI, 8001 for the API, 8003 for metrics."
                )
            )
        }
        return problems
    }

    // MARK: - Addresses

    private var addressProblems: [DeploymentProblem] {
        let bound = [
            ("frontend", layout.frontend), ("gui", layout.gui), ("api", layout.api), ("monitoring", layout.monitoring),
        ]
        var problems = bound.compactMap { name, endpoint in Self.bindProblem("\(name)_bind", endpoint.address) }
        if (try? HostName(layout.apiHostname)) == nil {
            let message = "\"\(layout.apiHostname)\" is no host name by which the GUI could reach the API."
            problems.append(DeploymentProblem(.error, field: "api_hostname", message))
        } else if layout.api.address != "0.0.0.0", let name = try? HostName(layout.apiHostname), name.kind != .name,
            name.text != layout.api.address
        {
            let message =
                "The API listens on \(layout.api.address), and the GUI would look for it at \(name), so every call of the "
                + "GUI would fail."
            problems.append(DeploymentProblem(.error, field: "api_hostname", message))
        }
        if !layout.monitoring.address.hasPrefix("127.") {
            let message = "Metrics are served without encryption or login; bind them to 127.0.0.1."
            problems.append(DeploymentProblem(.error, field: "monitoring_bind", message))
        }
        return problems
    }

    /// The server joins address and port with a colon, so an IPv6 address cannot stand there.
    private static func bindProblem(_ field: String, _ address: String) -> DeploymentProblem? {
        if let host = try? HostName(address), host.kind == .ipv4 { return nil }
        return DeploymentProblem(
            .error,
            field: field,
            "\"\(address.prefix(100))\" is not an IPv4 address that the server can bind.",
            hint:
                "Use 127.0.0.1 for this machine only, 0.0.0.0 for every interface, or the address of one, without a port."
        )
    }

    // MARK: - Paths

    private var pathProblems: [DeploymentProblem] {
        var paths = [("datastore", layout.datastore), ("logs", layout.logs)]
        switch serving {
        case .ownAuthority: break
        case .files(let certificate, let key): paths += [("tls_certificate", certificate), ("tls_key", key)]
        case .acme(let cache): paths.append(("acme_cache", cache))
        }
        return paths.compactMap { field, path in
            let isPlain = path.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            let parts = path.split(separator: "/")
            guard !path.hasPrefix("/") || parts.isEmpty || parts.contains("..") || !isPlain || path.utf8.count > 1024
            else {
                return nil
            }
            return DeploymentProblem(.error, field: field, "\(field) must be an absolute path below /, without \"..\".")
        }
    }

    // MARK: - The certificate that is shown

    private var isACME: Bool { if case .acme = serving { true } else { false } }

    private var servingProblems: [DeploymentProblem] {
        guard isACME else { return [] }
        var problems: [DeploymentProblem] = []
        func add(_ field: String, _ message: String) {
            problems.append(DeploymentProblem(.error, field: field, message))
        }
        if hostname.kind != .name || hostname.isLoopback || !hostname.text.contains(".") {
            add("hostname", "Let's Encrypt certifies only names that the internet resolves, and \(hostname) is none.")
        }
        for (field, port) in [
            ("frontend_port", frontendPort), ("gui_port", guiPort), ("frontend_port", layout.frontend.port),
            ("gui_port", layout.gui.port),
        ] where port != 443 {
            add(field, "With Let's Encrypt agents and the GUI share port 443, and \(field) is \(port).")
        }
        for (field, port) in [("api_port", layout.api.port), ("monitoring_port", layout.monitoring.port)]
        where port == 80 {
            add(field, "Let's Encrypt needs port 80 for its challenge, and \(field) is 80.")
        }
        for (field, bound) in [("frontend_bind", layout.frontend), ("gui_bind", layout.gui)]
        where bound.address.hasPrefix("127.") {
            add(field, "Let's Encrypt has to reach the server, and \(field) is \(bound.address).")
        }
        return problems
    }

    // MARK: - Accounts and the rest

    private var accountProblems: [DeploymentProblem] {
        let names = initialUsers.map(\.name)
        var problems: [DeploymentProblem] = []
        for (place, name) in names.enumerated() where names[..<place].contains(name) {
            problems.append(DeploymentProblem(.error, field: "users", "The user \(name) is named twice."))
        }
        if !initialUsers.contains(where: { $0.password != nil }) {
            let message = "No initial user has a password, so nobody can log in to the GUI."
            problems.append(DeploymentProblem(.warning, field: "users", message))
        }
        return problems
    }

    private var otherProblems: [DeploymentProblem] {
        var problems = client.labelProblems
        if let user = layout.runAsUser, !Self.isSystemUser(user) {
            let message = "\"\(user.prefix(40))\" is not the name of a system user."
            problems.append(DeploymentProblem(.error, field: "run_as_user", message))
        }
        return problems
    }

    private static func isSystemUser(_ name: String) -> Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        guard (1...32).contains(name.utf8.count), let first = name.utf8.first, letters.contains(first) || first == 0x5F
        else { return false }
        return name.utf8.allSatisfy { letters.contains($0) || (0x30...0x39).contains($0) || "_-".utf8.contains($0) }
    }
}

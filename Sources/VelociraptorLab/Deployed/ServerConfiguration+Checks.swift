// SPDX-License-Identifier: Apache-2.0

import JSONValue

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ServerConfiguration {
    /// What the loader asks of every configuration, in its order: parts that are there must be whole.
    public func checkParts() throws(ServerFailure) {
        if section("Frontend") != nil {
            guard section("API") != nil else { throw .loading("No API config") }
            guard section("GUI") != nil else { throw .loading("No GUI config") }
            try require("GUI", ["gw_certificate", "gw_private_key"])
            try require("Frontend", ["certificate", "private_key"])
            guard section("Datastore") != nil else { throw .loading("No Datastore config") }
        }
        guard section("Client") != nil else { return }
        for name in ["ca_certificate", "nonce"] where text("Client", name).isEmpty {
            throw .loading("No Client.\(name) configured")
        }
        let urls = texts("Client", "server_urls")
        guard !urls.isEmpty else { throw .loading("No Client.server_urls configured") }
        guard urls.allSatisfy({ $0.hasSuffix("/") }) else {
            throw .loading("Configuration Client.server_urls must end with /")
        }
    }

    /// What it asks before it lets a server run, or anybody write to the datastore.
    func checkServer() throws(ServerFailure) {
        guard section("Frontend") != nil else { throw .loading("Frontend config is required") }
        try checkUser()
        try checkParts()
    }

    /// Files that another user makes in the datastore could not be read by the server.
    private func checkUser() throws(ServerFailure) {
        let wanted = text("Frontend", "run_as_user")
        guard !wanted.isEmpty, text("Datastore", "implementation") == "FileBaseDataStore" else { return }
        let current = SystemFile.currentUser
        guard current != wanted else { return }
        throw .loading(
            "Velociraptor should be running as the '\(wanted)' user but you are '\(current)'. "
                + "Please change user with sudo first."
        )
    }

    private func require(_ section: String, _ names: [String]) throws(ServerFailure) {
        for name in names where text(section, name).isEmpty { throw .loading("No \(section).\(name) config") }
    }

    /// What the services ask for when they start.
    func checkStarting() throws(ServerFailure) {
        guard section("Client") != nil else { throw .starting("API server not configured") }
        guard let authenticator = section("GUI")?["authenticator"]?.objectValue else {
            throw .starting("GUI not configured")
        }
        try checkGUI()
        let implementation = text("Datastore", "implementation")
        guard ["FileBaseDataStore", "MemcacheFileDataStore"].contains(implementation) else {
            throw .starting("Unsupported filestore \(implementation)")
        }
        guard authenticator["type"]?.stringValue?.lowercased() == "basic" else {
            throw .starting("the lab knows no authenticator but Basic")
        }
        guard document["autocert_cert_cache"]?.stringValue?.isEmpty != false else {
            throw .starting("the lab cannot ask Let's Encrypt for certificates")
        }
        switch text("API", "bind_scheme") {
        case "tcp": break
        case "unix": throw .starting("the lab serves the API over TCP only")
        case let other: throw .starting("listen: unknown network \(other)".trimmingEnd)
        }
        for name in ["API", "Frontend", "GUI", "Monitoring"] {
            let (host, port) = place(name)
            guard host.contains(":"), !host.hasPrefix("[") else { continue }
            throw .starting("listen tcp: address \(host):\(port): too many colons in address")
        }
    }

    private func checkGUI() throws(ServerFailure) {
        let basePath = text("GUI", "base_path")
        if !basePath.isEmpty, !text("GUI", "public_url").hasSuffix(basePath + "/app/index.html") {
            throw .starting(
                "Invalid GUI.public_url. When setting a base_url the public_url must be adjusted accordingly."
            )
        }
        guard text("GUI", "public_url").hasSuffix("/app/index.html") else {
            throw .starting(
                "Invalid GUI.public_url - this should refer to the externally accessible URL for the GUI "
                    + "application. It should end with '/app/index.html'"
            )
        }
        for range in texts("GUI", "allowed_cidr") where AddressRange(range) == nil {
            throw .starting("Invalid CIDR Range \(range) for GUI.allowed_cidr")
        }
    }
}

extension String {
    fileprivate var trimmingEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}

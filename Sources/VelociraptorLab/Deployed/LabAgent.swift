// SPDX-License-Identifier: Apache-2.0

import Certificates
import Cryptography
import Dispatch
import HTTPServer
import JSONValue
import MegaraptorErrors

/// Plays an agent towards a lab that stands for a server: checks what an agent checks, and becomes a client.
///
/// What runs on its machine is invented. To the server it stays online for as long as the server runs.
public struct LabAgent: Sendable {
    private let configuration: ServerConfiguration
    private let identifier: String
    private let hostname: String

    /// Reads or makes the file with the client's id, as an agent does with its writeback.
    ///
    /// - Parameter configuration: one for clients, or for a server.
    public init(_ configuration: ServerConfiguration) throws(ServerFailure) {
        try configuration.checkParts()
        guard configuration.section("Client") != nil else { throw .loading("Client config is required") }
        self.configuration = configuration
        hostname = SystemFile.hostname
        let path = configuration.text("Client", "writeback_linux")
        guard !path.isEmpty else { throw ServerFailure("the lab's agent needs Client.writeback_linux") }
        if SystemFile.exists(path) {
            let text = try SystemFile.contents(of: path) { ServerFailure($0) }
            let line = text.split(separator: "\n").first { $0.hasPrefix("client_id: ") } ?? ""
            identifier = String(line.dropFirst("client_id: ".count))
        } else {
            identifier = "C." + Hexadecimal.encode(Cryptography.randomBytes(8))
            try SystemFile.write("client_id: \(identifier)\n", to: path) { ServerFailure($0) }
        }
    }

    /// Tries each of the server's addresses once.
    ///
    /// - Returns: what went wrong in an agent's words, one line for each fault; `nil` for a client that is enrolled.
    public func enrol() async -> [String]? {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: tryAddresses()) }
        }
    }

    private func tryAddresses() -> [String]? {
        var faults: [String] = []
        for url in configuration.texts("Client", "server_urls") {
            guard let (host, port) = Self.place(url) else {
                faults.append("Unsupported URL \(url)")
                continue
            }
            let found = faultsAt(host, port, url)
            if found.isEmpty { return nil }
            faults += found
        }
        return faults
    }

    private func faultsAt(_ host: String, _ port: Int, _ url: String) -> [String] {
        var fault: String?
        let accepts: ([UInt8]) -> Bool = { certificate in
            fault = self.fault(of: certificate)
            return fault == nil
        }
        let pem = TLSRequest(host: host, port: port, path: "/server.pem").send(accepts: accepts)
        if let fault { return [fault, "No certificate found for destination"] }
        guard pem?.status == 200 else { return ["Get \"\(url)server.pem\": no answer"] }
        let request: JSONValue = [
            "nonce": .string(configuration.text("Client", "nonce")), "client_id": .string(identifier),
            "hostname": .string(hostname),
            "labels": .array(configuration.texts("Client", "labels").map(JSONValue.string)),
        ]
        let path = FrontendSite.enrolment
        let answer = TLSRequest(host: host, port: port, method: "POST", path: path, body: request.json())
            .send(accepts: accepts)
        switch answer?.status {
        case 200: return []
        case 403: return ["Failed to fetch URL \(url)reader: 403 Forbidden"]
        case let status: return ["Failed to fetch URL \(url)reader: \(status.map(String.init) ?? "no answer")"]
        }
    }

    /// What an agent has against a server's certificate; `nil` for a good one.
    private func fault(of der: [UInt8]) -> String? {
        do throws(MegaraptorError) {
            let certificate = try Certificate(der: der)
            let authority = try Certificate(pem: configuration.text("Client", "ca_certificate"))
            let name = certificate.commonName ?? ""
            guard try certificate.isSigned(by: authority) else {
                return "While verifying CN=\(name): x509: certificate signed by unknown authority"
            }
            guard certificate.validity.contains(Instant.now().seconds) else {
                return "While verifying CN=\(name): x509: certificate has expired or is not yet valid"
            }
            return name == configuration.serverName ? nil : "Invalid server certificate common name \(name)!"
        } catch {
            return error.message
        }
    }

    /// Host and port of `https://HOST:PORT/`; agents upgrade `wss` from the same place.
    private static func place(_ url: String) -> (host: String, port: Int)? {
        let parts = url.split(separator: "/")
        guard parts.count > 1, ["https:", "wss:"].contains(parts[0]) else { return nil }
        let pair = parts[1].split(separator: ":")
        guard pair.count == 2 else { return pair.count == 1 ? (String(pair[0]), 443) : nil }
        return Int(pair[1]).map { (String(pair[0]), $0) }
    }
}

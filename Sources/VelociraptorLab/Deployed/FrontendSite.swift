// SPDX-License-Identifier: Apache-2.0

import HTTPServer
import JSONValue

/// What agents find on their port.
struct FrontendSite: Sendable {
    /// Where the lab's own agents enrol: they do not speak the protocol of the real ones.
    static let enrolment = "/lab/enrol"

    let certificate: String
    let server: LabServer
    /// Is told of an agent that was sent away.
    let rejected: @Sendable (_ address: String) -> Void

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        switch (request.method, request.path) {
        case (_, "/server.pem"):
            HTTPResponse(200, headers: [("Content-Type", "application/x-pem-file")], body: certificate)
        case (_, "/control"), (_, "/reader"): HTTPResponse(406, body: "Please Enrol\n")
        case ("POST", Self.enrolment): enrol(request)
        default: HTTPResponse(404, body: "404 page not found\n")
        }
    }

    private func enrol(_ request: HTTPRequest) -> HTTPResponse {
        guard let record = Self.record(request.body), let id = record["client_id"]?.stringValue,
            let hostname = record["hostname"]?.stringValue
        else { return HTTPResponse(400) }
        guard record["nonce"]?.stringValue == server.organization.nonce else {
            rejected(request.remoteAddress)
            return HTTPResponse(403, body: "Forbidden\n")
        }
        let labels = record["labels"]?.arrayValue?.compactMap(\.stringValue) ?? []
        server.enrol(id, hostname: hostname, address: request.remoteAddress, labels: labels)
        return HTTPResponse(200)
    }

    private static func record(_ body: [UInt8]) -> JSONObject? {
        do throws(JSONError) { return try JSONValue(json: body).objectValue } catch { return nil }
    }
}

extension LabServer {
    /// Takes a client in, or knows it again by its id.
    func enrol(_ id: String, hostname: String, address: String, labels: [String]) {
        withState { state, now in
            guard state.clients[id]?.endpoint == nil else { return }
            var endpoint = Endpoint(hostname, domain: "", release: .debian12, address: address, id: id, labels: labels)
            {
                endpoint,
                now in
                Machine.linux(endpoint, at: now, daemons: [])
            }
            endpoint.enrolled = Span(microseconds: start.microseconds - now.microseconds)
            if state.clients[id] == nil {
                state.clientIDs.insert(id, at: state.clientIDs.firstIndex { $0 > id } ?? state.clientIDs.endIndex)
            }
            state.clients[id] = ClientRecord(endpoint: endpoint, start: start)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTPServer
import JSONValue
import VQLEvaluator

/// What a browser finds on the GUI's port: the way to the application, its login, and one method of the API.
struct GUISite: Sendable {
    private static let application = "/app/index.html"

    let accounts: AccountBook
    /// Where the application stands, with the base path before it.
    let basePath: String
    /// Who may ask; everybody where it is empty.
    let allowed: [AddressRange]
    /// Whether the gateway reaches the API: otherwise the login works and nothing behind it does.
    let reachesAPI: @Sendable () -> Bool

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard allowed.isEmpty || allowed.contains(where: { $0.contains(request.remoteAddress) }) else {
            return HTTPResponse(403, body: "Forbidden\n")
        }
        guard request.path.hasPrefix(basePath + "/app/") || request.path.hasPrefix(basePath + "/api/") else {
            return HTTPResponse(307, headers: [("Location", basePath + Self.application)])
        }
        guard let account = caller(request) else {
            let challenge = ("WWW-Authenticate", "Basic realm=\"Velociraptor\"")
            return HTTPResponse(401, headers: [challenge], body: "authorization failed\n")
        }
        let page = request.path.dropFirst(basePath.count)
        if page.hasPrefix("/api/"), !reachesAPI() {
            return HTTPResponse(503, body: "{\"code\":14,\"message\":\"connection error\"}\n")
        }
        switch page {
        case Self.application:
            return HTTPResponse(200, headers: [("Content-Type", "text/html; charset=utf-8")], body: Self.index)
        case "/api/v1/GetUserUITraits":
            return HTTPResponse(200, headers: [("Content-Type", "application/json")], body: traits(of: account))
        default: return HTTPResponse(404, body: "404 page not found\n")
        }
    }

    private static let index = "<!doctype html>\n<html><head><title>Velociraptor</title></head><body></body></html>\n"

    /// The user whose name and password the request carries.
    private func caller(_ request: HTTPRequest) -> Account? {
        let words = request.headers["authorization"]?.split(separator: " ") ?? []
        guard words.count == 2, words[0].lowercased() == "basic", let bytes = Base64.decode(words[1].utf8) else {
            return nil
        }
        let pair = String(decoding: bytes, as: UTF8.self)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2, let account = accounts[String(pair[0])], let password = account.password,
            password.accepts(String(pair[1]))
        else { return nil }
        return account
    }

    private func traits(of account: Account) -> String {
        let permissions = VQLValue.dict(account.policy(in: .root)).jsonText
        let name = JSONValue.string(account.name).json()
        return "{\"username\":\(name),\"interface_traits\":{\"permissions\":\(permissions)}}"
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTPServer

/// What agents find on their port.
struct FrontendSite: Sendable {
    let certificate: String

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        switch request.path {
        case "/server.pem":
            HTTPResponse(200, headers: [("Content-Type", "application/x-pem-file")], body: certificate)
        case "/control", "/reader": HTTPResponse(406, body: "Please Enrol\n")
        default: HTTPResponse(404, body: "404 page not found\n")
        }
    }
}

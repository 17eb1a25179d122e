// SPDX-License-Identifier: Apache-2.0

import HTTPServer

/// What a monitor finds on the monitoring port.
enum MetricsSite {
    static func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard request.path == "/metrics" else { return HTTPResponse(404, body: "404 page not found\n") }
        let body = """
            # HELP client_comms_current_connections Number of currently connected clients.
            # TYPE client_comms_current_connections gauge
            client_comms_current_connections 0

            """
        return HTTPResponse(200, headers: [("Content-Type", "text/plain; version=0.0.4")], body: body)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension Schema {
    static var clientID: Schema {
        .string(pattern: "^C\\.[0-9a-f]{16}$")
            .described("The id of a client: C. and 16 hexadecimal digits. list_clients finds it by host name.")
            .examples("C.1f2e3d4c5b6a7988")
    }

    static var organization: Schema {
        .string(pattern: "^[A-Za-z0-9]{1,32}$")
            .described("The organisation to work in; the root organisation if left out.")
            .examples("root", "O8MH0")
    }

    /// A moment as text, or null where it never was.
    static func moment(_ description: String) -> Schema {
        .nullable(.string).with("format", "date-time").described(description)
    }

    static func text(_ description: String) -> Schema {
        .nullable(.string).described(description)
    }

    /// What both forms of a client have.
    static var clientSummary: [Member] {
        [
            .required("client_id", .string),
            .required("hostname", .nullable(.string)),
            .required("os", .text("windows, linux or darwin")),
            .required("release", .nullable(.string)),
            .required("labels", .array(of: .string)),
            .required("agent_version", .nullable(.string)),
            .required("last_ip", .text("The address of the last connection, with its port.")),
        ] + clientTimes
    }

    static var clientDetails: [Member] {
        [
            .required("client_id", .string),
            .required("hostname", .nullable(.string)),
            .required("fqdn", .nullable(.string)),
            .required("os", .text("windows, linux or darwin")),
            .required("release", .nullable(.string)),
            .required("machine", .text("The architecture.")),
            .required("mac_addresses", .array(of: .string)),
            .required("labels", .array(of: .string)),
            .required("agent_name", .nullable(.string)),
            .required("agent_version", .nullable(.string)),
            .required("last_ip", .text("The address of the last connection, with its port.")),
        ] + clientTimes + [
            .required("last_interrogate_flow_id", .nullable(.string)),
            .required("last_interrogate_artifact_name", .nullable(.string)),
            .required("in_flight_flows", .array(of: .string).described("Collections that are under way.")),
            .required("metadata", Schema(["type": "object"]).described("What analysts noted about the client.")),
        ]
    }

    private static var clientTimes: [Member] {
        [
            .required("first_seen", .moment("UTC.")),
            .required("first_seen_at", .integer.described("The same as the server has it: seconds since 1970.")),
            .required("last_seen", .moment("UTC.")),
            .required("last_seen_at", .integer.described("The same as the server has it: microseconds since 1970.")),
            .required("seconds_since_seen", .nullable(.integer).described("By the server's clock.")),
            .required(
                "online_estimate",
                .boolean.described(
                    "Whether it was seen within the last 15 minutes. An estimate: nobody asked the client."
                )
            ),
        ]
    }
}

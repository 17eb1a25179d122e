// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension Schema {
    /// A client's id. Only where `server` makes sense too is ``clientOrServer`` used.
    static var clientID: Schema {
        .string(pattern: "^C\\.[0-9a-f]{16}$").described("C. and 16 hex digits, from list_clients.")
            .examples("C.1f2e3d4c5b6a7988")
    }

    /// Where collections run: a client, or the server itself.
    static var clientOrServer: Schema {
        .string(pattern: "^(C\\.[0-9a-f]{16}|server)$").described("C. and 16 hex digits, or server.")
            .examples("C.1f2e3d4c5b6a7988")
    }

    /// Flows of hunts end in `.H`.
    static var flowID: Schema {
        .string(pattern: "^F\\.[A-Za-z0-9]{1,40}(\\.[A-Z])?$").examples("F.DC1SA3SGH7RLM")
    }

    static var huntID: Schema {
        .string(pattern: "^H\\.[A-Za-z0-9]{1,40}$").examples("H.DC1SB29NOF8EU")
    }

    static var artifactName: Schema {
        .string(pattern: "^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*$").with("maxLength", 200)
            .examples("Windows.System.Pslist")
    }

    /// The server of a deployment.
    static var connection: Schema {
        .string(pattern: DeploymentPlace.pattern).described("Ask this deployment's server.")
    }

    static var organization: Schema {
        .string(pattern: "^[A-Za-z0-9]{1,32}$").described("Organisation; root if left out.")
    }

    /// How many rows a page may have.
    static func limit(_ standard: Int64, most: Int64 = 10_000) -> Schema {
        .integer(1...most).defaulting(to: .integer(standard))
    }

    static var cursor: Schema {
        .string.with("maxLength", 200).described("next_cursor of the page before.")
    }

    static var resultBytes: Schema {
        .integer(2048...(64 << 20)).defaulting(to: 24576).described("Size limit of the result.")
    }

    /// A moment in UTC, or null where it never was.
    static var moment: Schema { .nullable(.string) }

    static var text: Schema { .nullable(.string) }

    static var objects: Schema { .array(of: Schema(["type": "object"])) }

    /// What every page of rows has.
    static func page(_ name: String = "rows", of rows: Schema = Schema(["type": "object"])) -> [Member] {
        [
            .required(name, .array(of: rows)),
            .required("row_count", .integer),
            .required("first_row", .integer),
            .required("total_rows", .nullable(.integer)),
            .required("complete", .boolean),
            .required("next_cursor", .nullable(.string)),
            .required("empty_columns", .array(of: .string)),
            .required("shortened_cells", .objects),
        ]
    }
}

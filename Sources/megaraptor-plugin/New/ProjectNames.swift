// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// The names in a new plugin, all made from its id.
struct ProjectNames {
    let id: String
    /// The id's last part: `greeter` of `org.example.greeter`.
    let short: String

    init(id: String) throws(MegaraptorError) {
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, id.utf8.count <= 100, parts.allSatisfy(Self.isPart), let last = parts.last else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(id)\" is no plugin id.",
                hint: "Use reverse DNS in lower case: two or more parts of a-z, 0-9 and -, such as org.example.greeter."
            )
        }
        self.id = id
        short = String(last)
    }

    private static func isPart(_ part: Substring) -> Bool {
        guard let first = part.utf8.first, first != UInt8(ascii: "-") else { return false }
        return part.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }

    /// For tools, toolsets and C files: `usb_history` of `usb-history`.
    var snake: String { String(short.map { $0 == "-" ? "_" : $0 }) }

    /// For types and modules: `UsbHistory` of `usb-history`.
    var type: String {
        let words = short.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        let name = words.joined()
        return name.first?.isNumber == true ? "P\(name)" : name
    }
}

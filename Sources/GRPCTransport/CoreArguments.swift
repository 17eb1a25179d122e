// SPDX-License-Identifier: Apache-2.0

import CGRPC
import Glibc

/// The named settings of a channel or a server.
struct CoreArguments {
    private enum Setting {
        case integer(Int)
        case text(String)
    }

    private var settings: [(name: String, setting: Setting)] = []

    /// Values beyond the core's 32 bits are cut to its largest.
    mutating func set(_ name: String, _ value: Int) {
        settings.append((name, .integer(value)))
    }

    mutating func set(_ name: String, _ value: String) {
        settings.append((name, .text(value)))
    }

    /// The settings in the core's form, good for the duration of `body`.
    func withCore<Result>(_ body: (UnsafePointer<grpc_channel_args>) -> Result) -> Result {
        var strings: [UnsafeMutablePointer<CChar>?] = []
        defer { for string in strings { free(string) } }
        func copy(_ text: String) -> UnsafeMutablePointer<CChar>? {
            let copied = strdup(text)
            strings.append(copied)
            return copied
        }
        var arguments = settings.map { name, setting in
            var argument = grpc_arg()
            argument.key = copy(name)
            switch setting {
            case .integer(let value):
                argument.type = GRPC_ARG_INTEGER
                argument.value.integer = Int32(clamping: value)
            case .text(let value):
                argument.type = GRPC_ARG_STRING
                argument.value.string = copy(value)
            }
            return argument
        }
        return arguments.withUnsafeMutableBufferPointer { buffer in
            withUnsafePointer(to: grpc_channel_args(num_args: buffer.count, args: buffer.baseAddress), body)
        }
    }
}

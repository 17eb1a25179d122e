// SPDX-License-Identifier: Apache-2.0

extension Serve {
    /// Reads the arguments that assistants' configurations use, written out in full.
    ///
    /// The argument parser takes longer than the rest of the start together, and a client waits for it every time.
    /// Whatever this does not know (abbreviations, `--key=value`, help, mistakes) is left to it: `nil`.
    init?(plainArguments arguments: [String]) {
        var plain = HostOptions.Plain()
        var rest = arguments[...]
        while let name = rest.popFirst() {
            if name == "--read-only" {
                plain.readOnly = true
                continue
            }
            guard let value = rest.popFirst(), !value.hasPrefix("-") else { return nil }
            switch name {
            case "--config": plain.config = value
            case "--plugin-dir": plain.pluginDirectories.append(value)
            case "--api-config": plain.apiConfig = value
            case "--toolsets": plain.toolsets = value
            case "--trust": plain.trust = value
            default: return nil
            }
        }
        self.init()
        options = HostOptions(plain)
        confirm = nil
    }
}

extension HostOptions {
    /// The options as plain values.
    struct Plain {
        var config: String?
        var pluginDirectories: [String] = []
        var apiConfig: String?
        var readOnly = false
        var toolsets: String?
        var trust: String?
    }

    init(_ plain: Plain) {
        self.init()
        config = plain.config
        pluginDirectories = plain.pluginDirectories
        apiConfig = plain.apiConfig
        readOnly = plain.readOnly
        toolsets = plain.toolsets
        trust = plain.trust
    }
}

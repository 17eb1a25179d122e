// SPDX-License-Identifier: Apache-2.0

extension HostSettings {
    /// Reads the arguments that assistants' configurations use, written out in full.
    ///
    /// The argument parser takes longer than the rest of the start together, and a client waits for it every time.
    /// Whatever this does not know (abbreviations, `--key=value`, help, mistakes) is left to it: `nil`.
    init?(plainArguments arguments: [String]) {
        self.init()
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard option.hasPrefix("--") else { return nil }
            let name = String(option.dropFirst(2))
            if name == HostSwitch.readOnly {
                switches[name] = "1"
                continue
            }
            guard let value = rest.popFirst(), !value.hasPrefix("-") else { return nil }
            switch name {
            case "config": config = value
            case "plugin-dir": pluginDirectories.append(value)
            case "api-config": apiConfig = value
            case _ where HostSwitch.all.contains { $0.name == name }: switches[name] = value
            default: return nil
            }
        }
    }
}

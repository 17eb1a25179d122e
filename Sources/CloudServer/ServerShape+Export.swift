// SPDX-License-Identifier: Apache-2.0

public import JSONValue

extension ServerShape {
    /// The open ports, for whoever makes a firewall of them.
    public var openPortsJSON: JSONValue {
        .array(
            openPorts.map { port in
                [
                    "purpose": .string(port.purpose.rawValue), "port": JSONValue(port.port),
                    "ranges": .array(port.ranges.map { .string($0.text) }),
                ]
            }
        )
    }
}

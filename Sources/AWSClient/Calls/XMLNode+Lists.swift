// SPDX-License-Identifier: Apache-2.0

public import XMLReading

extension XMLNode {
    /// The members of a list, which are called `member` in most services and `item` in EC2.
    public func list(_ name: String) -> [XMLNode] {
        self[name]?.children.filter { $0.name == "member" || $0.name == "item" } ?? []
    }
}

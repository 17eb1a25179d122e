// SPDX-License-Identifier: Apache-2.0

extension QueryAnalyzer {
    /// Members that are methods of the server's own objects and act when they are merely read.
    private static let actingMembers: Set<String> = [
        "Cancel", "Clear", "Close", "Destroy", "Flush", "Kill", "Lock", "Marshal", "ProtoReflect", "RLock", "RUnlock",
        "Reset", "Shutdown", "Start", "Stop", "TryLock", "Unlock",
    ]

    /// What may be read of the variable `config`; the rest holds the secret with which clients enrol.
    private static let openConfiguration: Set<String> = ["version", "server_version"]
    private static let versionFields: Set<String> = [
        "architecture", "build_time", "ci_build_url", "commit", "compiler", "name", "system", "version",
    ]

    /// A query that gives one of these names to something of its own no longer means what it seems to mean.
    mutating func checkDefinedName(_ name: Identifier) {
        let text = name.unquotedName
        if text.hasPrefix("$") || name.name.hasPrefix("$") {
            add(text, .variable, .unknown, "the query replaces \(text), a variable of the server", name.location)
        } else if text == "Artifact" || name.name == "Artifact" {
            add(text, .variable, .unknown, "the query gives something else the name Artifact", name.location)
        }
    }

    /// A symbol that is read, not called.
    mutating func check(path: [Identifier], _ location: NodeLocation) {
        for (index, component) in path.enumerated() {
            let name = component.name
            if name.hasPrefix("$") {
                add(name, .variable, .unknown, "\(name) gives access to the server's own objects", location)
            } else if name == "Artifact" {
                add(name, .variable, .unknown, "Artifact is used as a value, so any artifact may run", location)
            } else if name == "config" {
                checkConfiguration(path.dropFirst(index + 1).map(\.name), location)
            } else if index > 0 {
                checkMember(name, location)
            }
        }
    }

    mutating func checkMember(_ name: String, _ location: NodeLocation) {
        guard Self.actingMembers.contains(name) || name.hasPrefix("$") || name == "Artifact" else { return }
        add(name, .construct, .unknown, "the member \(name) may be a method that acts when it is read", location)
    }

    /// Only a whole path to a plain field is let pass: the value in between is an object of the server.
    private mutating func checkConfiguration(_ members: [String], _ location: NodeLocation) {
        let isOpen =
            members.first.map(Self.openConfiguration.contains) == true
            && members.count <= 2 && members.dropFirst().allSatisfy(Self.versionFields.contains)
        if isOpen { return }
        let sentence = "config holds the secret with which clients enrol"
        let verdict: QueryVerdict = members.count == 1 && members[0].first?.isLowercase == true ? .readsServer : .unknown
        add("config", .variable, verdict, sentence, location)
    }

    /// An index by text is a member; one that is reckoned may be any.
    mutating func check(_ index: Index) {
        guard !index.isSlice, let value = index.lower else { return }
        switch value.kind {
        case .number: break
        case .string(let literal): checkMember(String(decoding: literal.bytes, as: UTF8.self), index.location)
        case .parenthesized, .symbol, .access:
            add("[…]", .construct, .unknown, "an index that is reckoned may name any member", index.location)
        default: break
        }
    }
}

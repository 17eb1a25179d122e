// SPDX-License-Identifier: Apache-2.0

/// Changes to a list of names and patterns.
enum NameList {
    /// The list without anything that stands for the name. What stands for others too is replaced by their names, at
    /// the end.
    ///
    /// - Parameter expand: the names that an element stands for.
    static func removing(_ name: String, from list: [String], expanding expand: (String) -> [String]) -> [String] {
        var kept: [String] = []
        var written: [String] = []
        for element in list {
            let names = expand(element)
            if element != name, !names.contains(name) {
                kept.append(element)
            } else {
                written += names
            }
        }
        for other in written where other != name && !kept.contains(other) { kept.append(other) }
        return kept
    }
}

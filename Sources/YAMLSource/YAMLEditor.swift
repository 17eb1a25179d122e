// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

/// Changes a list of names in a YAML file and leaves every other character as it is: comments, order, style.
///
/// It edits lines, guided by the places that the reader reports, and then reads the result again. What does not come out
/// as wanted is refused, with what a person would have to write.
public struct YAMLEditor: Sendable {
    /// The file as it stands now.
    public private(set) var text: String
    private let file: String

    public init(_ text: String, file: String) {
        self.text = text
        self.file = file
    }

    /// Makes the list under a key of the topmost mapping hold exactly these names: others are removed, missing ones
    /// are added at its end. A key that is missing is added at the end of the file.
    public mutating func set(_ key: String, to names: [String]) throws(MegaraptorError) {
        let before = try YAMLDocument.parse(text, file: file)
        var wanted = before.json.objectValue ?? [:]
        wanted[key] = .array(names.map(JSONValue.string))
        var edit = YAMLListEdit(text, root: before)
        guard edit.set(key, to: names), Self.reads(edit.text, as: wanted, file) else {
            throw refusal(key, names, at: before[key]?.position ?? before.position)
        }
        text = edit.text
    }

    /// Whether a text says what is wanted. One that cannot even be read does not.
    private static func reads(_ text: String, as wanted: JSONObject, _ file: String) -> Bool {
        do {
            return try YAMLDocument.parse(text, file: file).json == .object(wanted)
        } catch {
            return false
        }
    }

    private func refusal(_ key: String, _ names: [String], at place: YAMLPosition) -> MegaraptorError {
        place.error(
            "the list \(key) is written in a way that is not edited by a program; nothing has been changed",
            hint: "Write it by hand: \(YAMLListEdit.entry(key, names))",
            code: .failedPrecondition
        )
    }
}

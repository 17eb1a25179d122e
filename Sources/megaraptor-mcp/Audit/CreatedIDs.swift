// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// The ids that a result names: what a call that changed something has made or touched.
enum CreatedIDs {
    private static let most = 32
    /// Larger results are lists of what was found, not of what was made.
    private static let largestResult = 1 << 20

    /// `{flow_id: ["F.1"], …}`: the texts under names that end in `_id`.
    static func found(in content: ArraySlice<UInt8>?) -> JSONValue? {
        guard let content, content.count <= largestResult else { return nil }
        do {
            var ids: JSONObject = [:]
            var left = most
            collect(try JSONValue(json: content), &ids, &left)
            return ids.isEmpty ? nil : .object(ids)
        } catch {
            // The answer itself is refused for this.
            return nil
        }
    }

    private static func collect(_ value: JSONValue, _ ids: inout JSONObject, _ left: inout Int) {
        switch value {
        case .array(let elements): for element in elements { collect(element, &ids, &left) }
        case .object(let object):
            for (key, value) in object {
                if key.hasSuffix("_id"), let text = value.stringValue {
                    let known = ids[key]?.arrayValue ?? []
                    guard left > 0, !known.contains(value), text.utf8.count <= 256 else { continue }
                    ids[key] = .array(known + [value])
                    left -= 1
                } else {
                    collect(value, &ids, &left)
                }
            }
        default: break
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What libyaml reports, as Swift values.
struct YAMLEvent {
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias
        case scalar(YAMLScalar)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    let kind: Kind
    let position: YAMLPosition
    var anchor: String?
    var tag: String?
}

/// A scalar as it stands in the file.
struct YAMLScalar {
    let text: String
    /// Whether it stands without quotes and not in a block, so that its looks decide its type.
    let isPlain: Bool
}

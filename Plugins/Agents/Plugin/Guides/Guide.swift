// SPDX-License-Identifier: Apache-2.0

/// A document for people, written once and shown as Markdown or as HTML.
struct Guide: Sendable {
    enum Block: Sendable {
        case heading(Prose)
        case paragraph(Prose)
        /// In an order that matters.
        case steps([Prose])
        case points([Prose])
        /// To be copied as it is.
        case code(String)
        case table([Prose], [[Prose]])
    }

    let title: Prose
    let blocks: [Block]
}

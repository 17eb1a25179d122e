// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MegaraptorPluginKit

@Suite("Resource templates are read backwards")
struct URITemplateTests {
    static let cases: [(template: String, uri: String, values: [String: String]?)] = [
        ("v://clients/{id}", "v://clients/C.1", ["id": "C.1"]),
        ("v://clients/{id}", "v://clients/", nil),
        ("v://clients/{id}", "v://clients/a/b", nil),
        ("v://clients/{id}", "v://clients/a%2Fb", ["id": "a/b"]),
        ("v://clients/{id}", "v://clients/%C3%A9", ["id": "é"]),
        ("v://clients/{id}", "v://clients/%C3", nil),
        ("v://clients/{id}", "v://clients/%4", nil),
        ("v://clients/{id}", "w://clients/x", nil),
        ("v://flows/{client}/{flow}", "v://flows/C.1/F.2", ["client": "C.1", "flow": "F.2"]),
        ("v://flows/{client}/{flow}", "v://flows/C.1", nil),
        ("v://t/{id}/data", "v://t/7/data", ["id": "7"]),
        ("v://t/{id}/data", "v://t/7/date", nil),
        ("v://{a}-{b}", "v://x-y", ["a": "x", "b": "y"]),
        ("v://plain", "v://plain", [:]),
        ("v://plain", "v://plainer", nil),
    ]

    @Test("An address gives the places' values, or is not of this template", arguments: cases)
    func match(template: String, uri: String, values: [String: String]?) {
        #expect(URITemplate(template).match(uri) == values)
    }
}

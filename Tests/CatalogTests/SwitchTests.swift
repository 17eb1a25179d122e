// SPDX-License-Identifier: Apache-2.0

import Catalog
import MegaraptorErrors
import Testing

@Suite("Flags and variables set the keys of the file")
struct SwitchTests {
    private func configuration(_ path: String, _ text: String) throws -> OperatorConfiguration {
        var configuration = OperatorConfiguration()
        try configuration.set(path.split(separator: ".").map(String.init), to: text, by: "--it")
        return configuration
    }

    @Test("Lists have commas and blanks, and each rule knows the switch")
    func lists() throws {
        let policy = try configuration("toolsets", " default, x* ,").policy
        #expect(policy.toolsets == .init(.named("default", "x*", by: "--it"), .named("--it")))
        #expect(try configuration("tools.allow", "a,b").policy.allow == .named("a", "b", by: "--it"))
    }

    @Test("Numbers, words, and yes and no arrive")
    func scalars() throws {
        #expect(try configuration("limits.deadline_seconds", "9").deadline == .seconds(9))
        #expect(try configuration("limits.result_bytes", "5000").resultBytes == 5000)
        #expect(try configuration("limits.concurrent_calls", "2").concurrentCalls == 2)
        #expect(try configuration("confirm", "never").confirm == "never")
        #expect(try configuration("confirm_by_token", "off").confirmsByToken == false)
        #expect(try configuration("trust.policy", "signed").trust.policy == "signed")
        #expect(try configuration("trust.lock", "/l").trust.lock == "/l")
        #expect(try configuration("audit.enabled", "No").audit.isOn == false)
        #expect(try configuration("audit.file", "/a").audit.file == "/a")
        #expect(try configuration("audit.rotate_bytes", "65536").audit.rotateBytes == 65536)
        #expect(try configuration("audit.keep", "1").audit.keep == 1)
        #expect(try configuration("read_only", "1").policy.readOnlyOrigin == .named("--it"))
    }

    @Test("What restricts is added and never taken away; everything else is replaced")
    func restrictions() throws {
        var configuration = OperatorConfiguration()
        let path = { (text: String) in text.split(separator: ".").map(String.init) }
        for key in ["tools.deny", "disabled_plugins", "tools.allow", "toolsets"] {
            try configuration.set(path(key), to: "a", by: "FIRST")
            try configuration.set(path(key), to: "b", by: "SECOND")
        }
        #expect(configuration.policy.deny.map(\.text) == ["a", "b"])
        #expect(configuration.policy.disabledPlugins.map { "\($0.origin)" } == ["FIRST", "SECOND"])
        #expect(configuration.policy.allow.map(\.text) == ["b"])
        #expect(configuration.policy.toolsets?.rules.map(\.text) == ["b"])
        try configuration.set(["read_only"], to: "yes", by: "FIRST")
        try configuration.set(["read_only"], to: "no", by: "SECOND")
        #expect(configuration.policy.readOnly && configuration.policy.readOnlyOrigin == .named("FIRST"))
    }

    @Test(
        "A text that does not fit is refused and names the switch",
        arguments: [
            ("toolsets", " ,", "names nothing"), ("limits.deadline_seconds", "abc", "expected an integer"),
            ("limits.result_bytes", "4095", "4096"), ("read_only", "maybe", "neither yes nor no"),
            ("confirm", "sometimes", "every-change"), ("audit.file", "", "character"),
        ]
    )
    func refused(path: String, text: String, words: String) {
        let error = #expect(throws: MegaraptorError.self) { try configuration(path, text) }
        #expect(error?.code == .invalidArgument)
        #expect(
            error?.message.contains("--it") == true && error?.message.contains(words) == true,
            "\(error?.message ?? "")"
        )
    }
}

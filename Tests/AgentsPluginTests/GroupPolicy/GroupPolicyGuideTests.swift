// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import JSONValue
import Testing

@Suite("The instructions for Group Policy")
struct GroupPolicyGuideTests {
    private static let documents = ["INSTRUCTIONS.md", "INSTRUCTIONS.html"]

    private func folder(_ bench: AgentsBench, isRepacked: Bool) async throws -> String {
        let arguments = try GroupPolicyTests.arguments(bench, isRepacked: isRepacked)
        let made = try await bench.call(GroupPolicyTests.tool, arguments)
        return try #require(made["folder"]?.stringValue)
    }

    @Test("and the scripts are as they were agreed to", arguments: [true, false])
    func golden(isRepacked: Bool) async throws {
        try await AgentsBench.with { bench in
            let folder = try await folder(bench, isRepacked: isRepacked)
            let names = Self.documents + ["Remove-VelociraptorAgent.ps1"]
            try Golden(isRepacked ? "repacked" : "plain", beside: #filePath).expect(
                isRepacked ? names : names + ["Install-VelociraptorAgent.ps1"],
                in: folder
            )
        }
    }

    @Test("name every file of the folder, and no other", arguments: [true, false])
    func names(isRepacked: Bool) async throws {
        try await AgentsBench.with { bench in
            let folder = try await folder(bench, isRepacked: isRepacked)
            // What lies on the machines, and what gpresult writes, is not in the folder.
            let text = try bench.text("\(folder)/INSTRUCTIONS.md").replacing("report.html", with: "")
                .replacing(/C:\\Program Files\\Velociraptor\\[a-z.]+/, with: "")
            let mentioned = text.matches(of: /[A-Za-z0-9][A-Za-z0-9.-]*\.(?:msi|ps1|yaml|md|html)\b|SHA256SUMS/)
            #expect(Set(mentioned.map { String($0.0) }) == Set(try Golden.files(folder)))
        }
    }

    @Test("are well formed as HTML, and need nothing from elsewhere", arguments: [true, false])
    func wellFormed(isRepacked: Bool) async throws {
        try await AgentsBench.with(name: "<script>alert('1')</script> & \"two\" | `three`") { bench in
            let folder = try await folder(bench, isRepacked: isRepacked)
            let tags = try tags("\(folder)/INSTRUCTIONS.html")
            #expect(tags.contains("table") && tags.isDisjoint(with: ["script", "img", "link", "a"]))
            let html = try bench.text("\(folder)/INSTRUCTIONS.html")
            #expect(html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;two&quot; | `three`"))
            let markdown = try bench.text("\(folder)/INSTRUCTIONS.md")
            #expect(markdown.contains("`` <script>alert('1')</script> & \"two\" \\| `three` ``"))
            #expect(markdown.split(separator: "\n").contains { $0.hasPrefix("| Deployment | ") && $0.hasSuffix(" |") })
        }
    }

    @Test("say the same in both forms, and the nonce in none", arguments: [true, false])
    func same(isRepacked: Bool) async throws {
        try await AgentsBench.with { bench in
            let folder = try await folder(bench, isRepacked: isRepacked)
            for name in Self.documents { #expect(!(try bench.text("\(folder)/\(name)")).contains(AgentsBench.nonce)) }
            let shown = try python("print(''.join(root.find('body').itertext()))", "\(folder)/INSTRUCTIONS.html")
            let markdown = try bench.text("\(folder)/INSTRUCTIONS.md").split(separator: "\n")
                .map { $0.replacing(#/^\d+\. /#, with: "") }.joined()
            #expect(shown.letters == markdown.letters)
            #expect(shown.letters.count > 4000)
        }
    }

    @Test("hold what a domain's administrator has to know", arguments: [true, false])
    func content(isRepacked: Bool) async throws {
        try await AgentsBench.with { bench in
            let text = try bench.text("\(try await folder(bench, isRepacked: isRepacked))/INSTRUCTIONS.md")
            let always = [
                "MS16-072", "Domain Computers", "gpresult /h", "gpupdate /force", "3010", "1603", "1618", "1619",
                "Get-Service Velociraptor", "check_agent_deployment", "writeback", "Rollback", "port 8000",
                #"\\DC01\VelociraptorAgent$\"#, #"CurrentVersion\Uninstall"#, "WMI filter", "gpo-deployed",
            ]
            for word in always { #expect(text.contains(word), "\(word)") }
            #expect(text.contains("Action `Replace`") == !isRepacked)
            #expect(text.contains("VelociraptorPolicy") == !isRepacked)
        }
    }

    // MARK: - Python reads XML, and so checks that it is some

    private func tags(_ path: String) throws -> Set<String> {
        let names = try python("print(*{e.tag for e in root.iter()})", path)
        return Set(names.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private func python(_ deed: String, _ path: String) throws -> String {
        let head = "import sys, xml.etree.ElementTree as t; root = t.parse(sys.argv[1]).getroot(); "
        let outcome = try Command.run("python3", "-c", head + deed, path)
        try #require(outcome.status == 0, "\(outcome.output)")
        return outcome.output
    }
}

extension String {
    fileprivate var letters: String { String(filter { $0.isLetter || $0.isNumber }) }
}

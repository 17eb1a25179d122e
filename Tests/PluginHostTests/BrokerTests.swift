// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginHost
import PluginManifest
import PluginTrust
import Testing

@Suite("Plugins ask each other's providers through the host, and only there")
struct BrokerTests {
    typealias Isolation = PluginManifest.Isolation

    static let isolations: [Isolation] = [.inProcess, .process]

    @Test("Who may ask sees every provider of the interface, by name", arguments: isolations)
    func list(isolation: Isolation) async throws {
        let asking = try Asking(isolation: isolation)
        let found = try await asking.tool("list_providers")["providers"]?.arrayValue ?? []
        #expect(found.map { $0["name"] } == ["swift", "third"])
        #expect(found.map { $0["plugin"] } == [.string(Asking.asker), .string(Asking.third)])
        #expect(found.first?["title"] == "Swift greeter" && found.first?["version"] == "1.0.0")
        #expect(found.first?["input_schema"]?["properties"]?["name"]?["type"] == "string")
    }

    @Test("A question reaches the provider and its answer comes back", arguments: isolations, isolations)
    func call(asker: Isolation, provider: Isolation) async throws {
        let plugins = try FixturePlugins()
        let manifests = [try plugins.swift(isolation: asker), try plugins.third(isolation: provider)]
        let test = HostUnderTest(manifests, state: plugins.folder)
        let answers = [("swift", "greet", "text"), ("third", "misdeed", "content")]
        for (name, operation, key) in answers {
            let arguments: JSONValue = [
                "provider": .string(name), "operation": .string(operation), "arguments": ["name": "Ada"],
            ]
            let bytes = try await test.call(
                "tools/call",
                ["name": "ask_provider", "arguments": arguments],
                plugin: Asking.asker
            )
            let expected: JSONValue = name == "swift" ? "Hello, Ada!" : []
            #expect(try JSONValue(json: bytes)["structuredContent"]?[key] == expected)
        }
    }

    @Test("A provider's own error arrives whole")
    func failure() async throws {
        let asking = try Asking(withThird: false)
        let error = await #expect(throws: MegaraptorError.self) { try await asking.ask("swift", "fail") }
        #expect(error == MegaraptorError(.conflict, "Somebody was greeted already.", hint: "Greet another."))
    }

    @Test(
        "An interface that the asker's manifest does not name is refused, with the line to add",
        arguments: isolations
    )
    func notNamed(isolation: Isolation) async throws {
        let asking = try Asking(isolation: isolation) { $0.permissions.providers = ["fixture.other/1"] }
        for tool in ["list_providers", "ask_provider"] {
            let error = await #expect(throws: MegaraptorError.self) {
                try await asking.tool(tool, ["provider": "swift", "operation": "greet"])
            }
            #expect(error?.code == .permissionDenied)
            #expect(error?.hint.contains("Add \"- fixture.greeter/1\" under permissions: providers:") == true)
        }
    }

    @Test("An unknown provider is not found, and those that there are are named")
    func unknownProvider() async throws {
        let asking = try Asking()
        let error = await #expect(throws: MegaraptorError.self) { try await asking.ask("thrid", "greet") }
        #expect(error?.code == .notFound && error?.hint == "There are: swift, third.", "\(String(describing: error))")
        let nobody = try Asking(withThird: false) { manifest in
            manifest.permissions.providers = ["fixture.other/1"]
        }
        let none = await #expect(throws: MegaraptorError.self) {
            try await nobody.ask("swift", "greet", ["interface": "fixture.other/1"])
        }
        #expect(none?.code == .notFound && none?.hint.contains("install a plugin") == true)
    }

    @Test("An operation that the provider does not have is unsupported")
    func unknownOperation() async throws {
        let asking = try Asking(withThird: false)
        let error = await #expect(throws: MegaraptorError.self) { try await asking.ask("swift", "dance") }
        #expect(error?.code == .unsupported && error?.message.contains("dance") == true)
    }

    @Test(
        "What lacks its interface, provider or operation is refused",
        arguments: ["interface", "provider", "operation"]
    )
    func incomplete(missing: String) async throws {
        let plugins = try FixturePlugins()
        let services = HostUnderTest([try plugins.swift()], state: plugins.folder)
        // The kit never leaves one out: the host's own function is asked as C would.
        var params: JSONObject = ["interface": "fixture.greeter/1", "provider": "swift", "operation": "greet"]
        params[missing] = nil
        let error = await #expect(throws: MegaraptorError.self) {
            try await services.answer("broker/call", .object(params), plugin: Asking.asker)
        }
        #expect(error?.code == .invalidArgument && error?.message.contains(missing) == true)
    }

    @Test("Where only reading is allowed, what does not count as reading is refused before the provider hears of it")
    func readOnly() async throws {
        let asking = try Asking(withThird: false)
        let begun = Told<String>()
        asking.host.follow(
            BrokerPolicy(
                isReadOnly: { true },
                meta: { ["read_only": true] },
                begin: { call throws(MegaraptorError) in
                    begun.add(call.operation)
                    return { _ in }
                }
            )
        )
        let greeted = try await asking.ask("swift", "greet")
        #expect(greeted["is_read_only"] == true)
        for operation in ["forget", "dance"] {
            let error = await #expect(throws: MegaraptorError.self) { try await asking.ask("swift", operation) }
            #expect(error?.code == .permissionDenied && error?.hint.contains("read_only") == true)
        }
        #expect(begun.all == ["greet"])
        asking.host.follow(BrokerPolicy())
        #expect(try await asking.ask("swift", "forget") == ["forgotten": true])
    }

    @Test("Each call is told at its beginning and its end, and refused where the beginning throws")
    func recording() async throws {
        let asking = try Asking(withThird: false)
        let calls = Told<BrokeredCall>()
        let ends = Told<String>()
        asking.host.follow(
            BrokerPolicy(begin: { call throws(MegaraptorError) in
                calls.add(call)
                if call.operation == "forget" { throw MegaraptorError(.failedPrecondition, "The disk is full.") }
                return { outcome in
                    switch outcome {
                    case .success(let answer): ends.add(answer["text"]?.stringValue ?? "")
                    case .failure(let error): ends.add(error.code.name)
                    }
                }
            })
        )
        _ = try await asking.ask("swift", "greet", ["arguments": ["name": "Ada"]])
        _ = try? await asking.ask("swift", "fail")
        let refused = await #expect(throws: MegaraptorError.self) { try await asking.ask("swift", "forget") }
        #expect(refused?.message == "The disk is full.")
        #expect(ends.all == ["Hello, Ada!", "conflict"])
        #expect(calls.all.map(\.operation) == ["greet", "fail", "forget"])
        #expect(calls.all.map(\.changes) == [false, false, true])
        let first = try #require(calls.all.first)
        #expect(first.asker == Asking.asker && first.plugin == Asking.asker && first.provider == "swift")
        #expect(first.interface == "fixture.greeter/1" && first.arguments == ["name": "Ada"])
    }

    @Test("A provider in a process of its own that dies costs its own call an error, and the next one works")
    func crash() async throws {
        let asking = try Asking()
        let error = await #expect(throws: MegaraptorError.self) {
            try await asking.ask("third", "misdeed", ["arguments": ["do": "crash"]])
        }
        #expect(
            error?.code == .unavailable && error?.message.contains("SIGSEGV") == true,
            "\(String(describing: error))"
        )
        #expect(try await asking.ask("third", "misdeed")["content"] == [])
    }

    @Test("An answer that is no object is the provider's fault, and said so", arguments: ["array", "noise"])
    func noObject(deed: String) async throws {
        let asking = try Asking()
        let error = await #expect(throws: MegaraptorError.self) {
            try await asking.ask("third", "misdeed", ["arguments": ["do": .string(deed)]])
        }
        #expect(error?.code == .internal && error?.message.contains("no JSON object") == true)
        #expect(error?.hint.contains(Asking.third) == true)
    }

    @Test("A plugin that is taken away takes its providers along")
    func takenAway() async throws {
        let asking = try Asking()
        _ = try await asking.ask("third", "misdeed")
        let asker = try asking.plugins.swift()
        asking.host.update(manifests: [asker], kept: [], settings: { _ in [:] }, trust: .any, workers: WorkerSettings())
        let error = await #expect(throws: MegaraptorError.self) { try await asking.ask("third", "misdeed") }
        #expect(error?.code == .notFound && error?.hint == "There are: swift.")
    }

    @Test("A provider of which the manifest says something else than the code refuses its plugin")
    func differs() async throws {
        let plugins = try FixturePlugins()
        let manifests = [try plugins.swift(), try plugins.third(reading: "crash")]
        let test = HostUnderTest(manifests, state: plugins.folder)
        let error = await #expect(throws: MegaraptorError.self) {
            try await test.answer(
                "broker/call",
                ["interface": "fixture.greeter/1", "provider": "third", "operation": "misdeed"],
                plugin: Asking.asker
            )
        }
        #expect(
            error?.message.contains(#"providers "fixture.greeter/1 third" differs at /reading"#) == true,
            "\(String(describing: error))"
        )
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import MegaraptorPluginTesting
import Testing

@Suite("A plugin under test is reached as in a real host")
struct PluginUnderTestTests {
    @Test("A tool's structured answer and its text arrive")
    func call() async throws {
        let answer = try await PluginUnderTest(Sample.self).call("twice", ["number": 21])
        #expect(answer.structured == ["number": 42] && answer.text == #"{"number":42}"# && !answer.isError)
    }

    @Test("Arguments that a host would refuse are refused, and the way around is named")
    func unfittingArguments() async throws {
        let plugin = try await PluginUnderTest(Sample.self)
        let error = await #expect(throws: MegaraptorError.self) { try await plugin.call("twice", ["number": "many"]) }
        #expect(error?.message.contains("input schema of twice") == true && error?.hint.contains("request") == true)
    }

    @Test("An answer that does not fit its schema is found")
    func unfittingAnswer() async throws {
        let plugin = try await PluginUnderTest(Sample.self)
        let error = await #expect(throws: MegaraptorError.self) { try await plugin.call("liar") }
        #expect(error?.message.contains("does not fit its output schema") == true)
    }

    @Test("A tool's own error arrives whole")
    func error() async throws {
        let plugin = try await PluginUnderTest(Sample.self)
        let error = await #expect(throws: MegaraptorError.self) { try await plugin.call("remember", ["number": -1]) }
        #expect(error == MegaraptorError(.conflict, "Taken.", hint: "Choose another."))
    }

    @Test("Settings, state, progress and the log go through the fake host")
    func services() async throws {
        let host = FakeHost(config: ["step": 5])
        host.state = ["number": 1]
        let plugin = try await PluginUnderTest(Sample.self, host: host)
        let answer = try await plugin.call("remember", ["number": 2])
        #expect(answer.text == "1 and step 5")
        #expect(host.state == ["number": 2])
        #expect(host.progress.map(\.message) == ["halfway"] && host.progress.map(\.total) == [2])
        #expect(host.log == [FakeHost.LogLine(level: .warning, message: "remembered")])
    }

    @Test("A question is answered by the test, and refused where the test answers none")
    func questions() async throws {
        let host = FakeHost()
        let plugin = try await PluginUnderTest(Sample.self, host: host)
        let error = await #expect(throws: MegaraptorError.self) { try await plugin.call("ask") }
        #expect(error?.code == .unsupported)
        host.answerQuestions { message, _ in ["action": "accept", "content": ["answer": .string("yes to \(message)")]] }
        #expect(try await plugin.call("ask").text == "yes to Really?")
    }

    @Test("Cancelling the task cancels the call, and what is under way ends with the service")
    func cancellation() async throws {
        let host = FakeHost()
        let plugin = try await PluginUnderTest(Sample.self, host: host)
        let call = Task { try await plugin.call("wait") }
        call.cancel()
        let error = await #expect(throws: MegaraptorError.self) { try await call.value }
        #expect(error?.code == .cancelled)
        let before = host.log.count
        let late = Task { try await plugin.call("wait") }
        while host.log.count == before { await Task.yield() }
        await plugin.deactivate()
        await #expect(throws: MegaraptorError.self) { try await late.value }
        let tooLate = await #expect(throws: MegaraptorError.self) { try await plugin.call("wait") }
        #expect(tooLate?.code == .unavailable)
    }

    @Test("A plugin that refuses to start is refused with the words that it logged")
    func refuses() async throws {
        let error = await #expect(throws: MegaraptorError.self) { try await PluginUnderTest(Refusing.self) }
        #expect(error?.code == .failedPrecondition && error?.message.contains("No coal.") == true)
    }

    @Test("What a model could not work with is found")
    func schemaProblems() async throws {
        let problems = try await PluginUnderTest(Sample.self).schemaProblems()
        #expect(problems.count == 2, "\(problems)")
        #expect(problems.contains("the argument number of twice has no description"))
        #expect(problems.contains { $0.hasPrefix("an example in the input_schema of liar does not fit it:") })
    }

    @Test("Resources and prompts are reached as well")
    func resourcesAndPrompts() async throws {
        let plugin = try await PluginUnderTest(Sample.self)
        #expect(try await plugin.read("sample://note").first?["text"] == "a note")
        let messages = try await plugin.prompt("greeting", ["name": "Ada"])
        #expect(messages.first?["content"]?["text"] == "Hello, Ada")
    }
}

/// One tool for each thing that a test harness must carry.
private struct Sample: Plugin {
    static let identity = PluginIdentity(id: "org.example.sample", version: "1.0.0")

    let host: HostServices

    init(host: HostServices) {
        self.host = host
    }

    var tools: [Tool] { [twice, liar, remember, ask, wait] }

    var resources: [Resource] {
        [
            Resource("sample://note", name: "note", description: "A note.") { uri, _ in
                [ResourceContents(uri: uri, text: "a note")]
            }
        ]
    }

    var prompts: [Prompt] {
        [
            Prompt("greeting", description: "Greets.", arguments: [.init("name", description: "Whom.")]) {
                arguments,
                _ in
                [.user(.text("Hello, \(arguments["name"] ?? "")"))]
            }
        ]
    }

    private var twice: Tool {
        Tool("twice", description: "Doubles.", toolset: "sample", effects: .reads) { (input: Number, _) in
            Number(number: 2 * input.number)
        }
    }

    private var liar: Tool {
        Tool(
            "liar",
            description: "Answers what it does not promise.",
            toolset: "sample",
            effects: .reads,
            outputSchema: .object(.required("truth", .boolean))
        ) { (_: WithExample, _) in ToolResult(structured: ["lie": true]) }
    }

    private var remember: Tool {
        Tool("remember", description: "Remembers.", toolset: "sample") { (input: DescribedNumber, context) in
            guard input.number >= 0 else { throw MegaraptorError(.conflict, "Taken.", hint: "Choose another.") }
            context.progress(1, of: 2, "halfway")
            let last = try await context.host.state("number")
            try await context.host.putState("number", JSONValue(input.number))
            context.host.log(.warning, "remembered")
            let step = try await context.host.config()["step"] ?? .null
            return ToolResult(text: "\(last?.json() ?? "nothing") and step \(step.json())")
        }
    }

    private var ask: Tool {
        Tool("ask", description: "Asks.", toolset: "sample", effects: .reads) { (_: NoInput, context) in
            let answer = try await context.elicit("Really?", schema: .object(.required("answer", .string)))
            return ToolResult(text: answer["content"]?["answer"]?.stringValue ?? "no answer")
        }
    }

    private var wait: Tool {
        Tool("wait", description: "Waits.", toolset: "sample", effects: .reads) { (_: NoInput, context) in
            context.host.log(.info, "waiting")
            try await Task.sleep(for: .seconds(600))
            return ToolResult(text: "nobody cancelled")
        }
    }
}

private struct Number: ToolInput, ToolOutput {
    var number: Int
    static var schema: Schema { .object(.required("number", .integer)) }
}

private struct DescribedNumber: ToolInput {
    var number: Int
    static var schema: Schema { .object(.required("number", .integer.described("A number."))) }
}

private struct WithExample: ToolInput {
    static var schema: Schema { Schema.object().examples(["extra": 1]) }
}

private struct Refusing: Plugin {
    static let identity = PluginIdentity(id: "org.example.refusing", version: "1.0.0")

    init(host: HostServices) {}

    func activate() async throws(MegaraptorError) {
        throw MegaraptorError(.failedPrecondition, "No coal.")
    }
}

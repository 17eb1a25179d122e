// SPDX-License-Identifier: Apache-2.0

import CMegaraptorABI
import Glibc
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import PluginHost
import PluginManifest

extension Check {
    /// What the plugin says of itself and how it answers at all.
    static let contract: [Check] = [
        Check("contract.magic", needs: ["library.loads"], examine: magic),
        Check("contract.description", needs: ["contract.magic"], examine: description),
        Check("contract.scan_time", needs: ["contract.description"], examine: scanTime),
        Check("contract.unknown_method", needs: ["contract.description"]) { subject in
            let call = CheckSession.Call("an unknown method", "megaraptor/nonsense", [:] as JSONValue)
            return try refusal(of: call, with: MR_UNSUPPORTED, "unsupported", subject)
        },
        Check("contract.unknown_tool", needs: ["contract.description"]) { subject in
            let call = CheckSession.Call.tool("megaraptor_no_such_tool", [:])
            return try refusal(of: call, with: MR_NOT_FOUND, "not_found", subject)
        },
        Check("contract.results", needs: ["contract.unknown_method"], examine: results),
        Check("contract.stdout", needs: ["contract.results"], examine: standardOutput),
        Check("secrets.logs", needs: ["contract.results"], examine: secrets),
    ]

    @Sendable private static func magic(_ subject: CheckSubject) throws -> Finding {
        let manifest = try subject.manifest()
        let plugin = try subject.enter()
        guard plugin.status == mr_status(MR_OK) else {
            let reason = plugin.host.log.last.map { " It logged: \($0.message)" } ?? ""
            return .fail("The entry refuses this host with status \(plugin.status).\(reason)")
        }
        try PluginMagic.check(plugin.functions, path: try subject.library())
        let path = try subject.library()
        try PluginMagic.check(plugin.functions, id: manifest.id, version: manifest.version, path: path)
        try PluginMagic.check(minimumHost: manifest.minimumHost, folder: manifest.folder)
        return .pass("The entry fills in what contract \(MR_ABI_MAJOR).\(MR_ABI_MINOR) demands.")
    }

    @Sendable private static func description(_ subject: CheckSubject) throws -> Finding {
        let session = try subject.session()
        let ended = session.run([CheckSession.Call("describe", "describe", [:] as JSONValue)])
        for call in ended {
            if let fault = call.fault { return .fail(fault) }
            let described = try call.completion?.result().get() ?? [:]
            guard let difference = ManifestComparison.difference(session.manifest.contributesJSON, described) else {
                continue
            }
            return .fail(
                "Manifest and code differ: \(difference). Make the manifest anew: megaraptor-plugin inspect --manifest."
            )
        }
        return .pass("What the code describes equals the manifest.")
    }

    @Sendable private static func scanTime(_ subject: CheckSubject) throws -> Finding {
        let limit = Duration.milliseconds(100)
        let clock = ContinuousClock()
        let start = clock.now
        let session = try subject.session()
        _ = session.run([CheckSession.Call("describe", "describe", [:] as JSONValue)])
        let time = clock.now - start
        let text = "Opening and describing the plugin takes \(time.formatted)"
        return time < limit ? .pass("\(text).") : .warn("\(text); people wait for it: stay under 100 ms.")
    }

    private static func refusal(
        of call: CheckSession.Call,
        with status: some BinaryInteger,
        _ name: String,
        _ subject: CheckSubject
    ) throws -> Finding {
        for ended in try subject.session().run([call]) {
            if let fault = ended.fault { return .fail(fault) }
            guard let completion = ended.completion, completion.status == Int32(status) else {
                return .fail(
                    "\(call.sentenceStart) is completed with status \(ended.completion?.status ?? 0) instead of \(name)."
                )
            }
        }
        return .pass("\(call.sentenceStart) is refused with \(name).")
    }

    @Sendable private static func results(_ subject: CheckSubject) throws -> Finding {
        let session = try subject.session()
        let described = session.manifest.contributesJSON
        for tool in session.callableTools {
            let arguments = ArgumentMaker.fitting(tool.inputSchema)
            for ended in session.run([.tool(tool.name, arguments)]) {
                if let fault = ended.fault { return .fail(fault) }
                guard case .success(let answer)? = ended.completion?.result() else { continue }
                try ToolSchemas(of: tool.name, in: described)?.check(ToolAnswer(json: answer))
            }
        }
        let (called, all) = (session.callableTools.count, session.manifest.tools.count)
        let others = called < all ? "; those that change something are called with --all-tools only" : ""
        return .pass("\(called) of \(all) tools are called, and what they answer fits their schemas\(others).")
    }

    @Sendable private static func standardOutput(_ subject: CheckSubject) throws -> Finding {
        let capture = try TemporaryHome.file()
        let kept = dup(STDOUT_FILENO)
        guard kept >= 0, dup2(capture, STDOUT_FILENO) >= 0 else {
            throw MegaraptorError(.internal, "Standard output cannot be watched.")
        }
        defer {
            fflush(nil)
            dup2(kept, STDOUT_FILENO)
            close(kept)
            close(capture)
        }
        let session = try subject.session()
        _ = session.runEach(session.callableTools.map { .tool($0.name, ArgumentMaker.fitting($0.inputSchema)) })
        session.plugin.deactivate(milliseconds: 1000)
        fflush(nil)
        let size = lseek(capture, 0, SEEK_END)
        guard size > 0 else { return .pass("Nothing is written to standard output, where the protocol runs.") }
        return .fail("\(size) bytes were written to standard output, where the protocol runs. Log through the host.")
    }

    @Sendable private static func secrets(_ subject: CheckSubject) throws -> Finding {
        let permissions = try subject.manifest().permissions
        let variables = permissions.environment.filter { !$0.hasSuffix("*") }
        guard !variables.isEmpty || !permissions.secrets.isEmpty else {
            return .skip("The manifest asks for no secrets and no environment variables.")
        }
        let canary = "canary-\(String(subject.seed, radix: 36))-secret"
        for name in variables { setenv(name, canary, 1) }
        let session = try subject.session()
        let host = session.plugin.host
        host.answer("secrets/use") { _ in ["value": .string(canary), "type": "text"] }
        let calls = session.callableTools.map { CheckSession.Call.tool($0.name, ArgumentMaker.fitting($0.inputSchema)) }
        let ended = session.runEach(calls + [CheckSession.Call("health", "health", [:] as JSONValue)])
        if host.log.contains(where: { $0.message.contains(canary) }) { return .fail("A secret's value is in the log.") }
        if host.progress.contains(where: { $0.message.contains(canary) }) {
            return .fail("A secret's value is in a progress message.")
        }
        for call in ended
        where call.completion.map({ String(decoding: $0.bytes, as: UTF8.self).contains(canary) }) == true {
            return .fail("A secret's value is in what \(call.call.title) answers.")
        }
        return .pass("The values of secrets and environment variables are in no log line, progress message or answer.")
    }
}

extension Duration {
    /// Milliseconds, for people.
    fileprivate var formatted: String {
        let (seconds, attoseconds) = components
        return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000) ms"
    }
}

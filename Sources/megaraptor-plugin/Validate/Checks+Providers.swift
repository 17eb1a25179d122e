// SPDX-License-Identifier: Apache-2.0

import CMegaraptorABI
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import PluginManifest

extension Check {
    /// What other plugins may ask. Only operations are called that the manifest counts among those that read.
    static let providers: [Check] = [
        Check("providers.operations", needs: ["contract.results"], examine: operations),
        Check("providers.unknown", needs: ["contract.results"], examine: unknown),
        Check("providers.deploy", needs: ["providers.operations"], examine: deploy),
    ]

    private static let deployInterface = "deploy.provider/1"

    private static func entries(of subject: CheckSubject) throws -> [ProviderContribution] {
        let providers = try subject.manifest().providers
        guard !providers.isEmpty else {
            throw CheckSubject.NothingToCheck(sentence: "The plugin provides nothing to others.")
        }
        return providers
    }

    /// Without arguments an operation may well refuse. One that says that it is unsupported may not be there at all, which
    /// only its author can tell for sure.
    @Sendable private static func operations(_ subject: CheckSubject) throws -> Finding {
        let providers = try entries(of: subject)
        let session = try subject.session()
        session.plugin.host.answerQuestions { _, _ in ["action": "decline"] }
        for provider in providers {
            for operation in provider.reading {
                let ended = session.run([.provider(provider, operation, [:])])[0]
                if let fault = ended.fault { return .fail(fault) }
                // A deployer may export nothing.
                let isOptional = provider.interface == deployInterface && operation == "export"
                guard isOptional || ended.completion?.status != Int32(MR_UNSUPPORTED) else {
                    return .warn(
                        "The manifest counts \(operation) of \(provider.name) among what reads, and it is answered by unsupported."
                    )
                }
            }
        }
        let count = providers.reduce(0) { $0 + $1.reading.count }
        return .pass(
            "The \(count) operations that read are there; those that change something are not called."
        )
    }

    @Sendable private static func unknown(_ subject: CheckSubject) throws -> Finding {
        let providers = try entries(of: subject)
        let session = try subject.session()
        for provider in providers {
            var stranger = provider
            stranger.name = "megaraptor-no-such-provider"
            let calls: [(CheckSession.Call, Int32, String)] = [
                (.provider(provider, "megaraptor_nonsense", [:]), Int32(MR_UNSUPPORTED), "unsupported"),
                (.provider(stranger, provider.reading.first ?? "look", [:]), Int32(MR_NOT_FOUND), "not_found"),
            ]
            for (call, status, name) in calls {
                let ended = session.run([call])[0]
                if let fault = ended.fault { return .fail(fault) }
                guard let completion = ended.completion, completion.status == status else {
                    let got = ended.completion?.status ?? 0
                    return .fail("\(call.sentenceStart) is completed with status \(got) instead of \(name).")
                }
            }
        }
        return .pass("Operations and providers that there are not are refused with unsupported and not_found.")
    }

    // MARK: - Deployers

    @Sendable private static func deploy(_ subject: CheckSubject) throws -> Finding {
        let deployers = try entries(of: subject).filter { $0.interface == deployInterface }
        guard !deployers.isEmpty else {
            throw CheckSubject.NothingToCheck(sentence: "The plugin provides no \(deployInterface).")
        }
        let session = try subject.session()
        for deployer in deployers {
            if let fault = DeployerShape.fault(in: deployer) { return .fail(fault) }
            let options = ArgumentMaker.fitting(deployer.inputSchema)
            let ended = session.run([.provider(deployer, "usable", ["options": options])])[0]
            if let fault = ended.fault { return .fail(fault) }
            let answer = try ended.completion?.result().get() ?? .null
            if let violation = try DeployerShape.usable().validate(answer).first {
                return .fail("What usable of \(deployer.name) answers does not fit \(deployInterface): \(violation).")
            }
            for operation in DeployerShape.demanding {
                let ended = session.run([.provider(deployer, operation, [:])])[0]
                if let fault = ended.fault { return .fail(fault) }
                guard ended.completion?.status != 0 else {
                    return .fail("\(operation) of \(deployer.name) answers though it was told of no deployment.")
                }
            }
        }
        return .pass(
            "The manifest says rightly what reads, usable has its shape, and questions without a deployment are refused."
        )
    }
}

/// What can be said of any deployer without a deployment.
private enum DeployerShape {
    /// Operations that only look, and that make no sense without a deployment.
    static let demanding = ["validate", "plan", "removal", "status", "logs", "recover"]
    private static let changing = ["apply", "destroy"]

    static func fault(in deployer: ProviderContribution) -> String? {
        let reading = Set(deployer.reading)
        if let changing = changing.first(where: reading.contains) {
            return "The manifest counts \(changing) of \(deployer.name) among what reads; it changes something."
        }
        if let missing = (["usable"] + demanding).first(where: { !reading.contains($0) }) {
            return
                "The manifest does not count \(missing) of \(deployer.name) among what reads, as the interface demands."
        }
        return nil
    }

    static func usable() throws -> JSONSchema {
        try JSONSchema([
            "type": "object", "required": ["usable", "reasons", "facts"],
            "properties": [
                "usable": ["type": "boolean"], "reasons": ["type": "array", "items": ["type": "string"]],
                "facts": ["type": "object", "additionalProperties": ["type": "string"]],
            ],
        ])
    }
}

extension CheckSession.Call {
    static func provider(
        _ provider: ProviderContribution,
        _ operation: String,
        _ arguments: JSONValue
    ) -> CheckSession.Call {
        CheckSession.Call(
            "the operation \(operation) of the provider \(provider.name)",
            "provider/\(operation)",
            ["interface": .string(provider.interface), "provider": .string(provider.name), "arguments": arguments]
        )
    }
}

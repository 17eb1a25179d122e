// SPDX-License-Identifier: Apache-2.0

extension DeployerTemplate {
    /// The steps of plans and removals.
    static func steps(_ names: ProjectNames) -> String {
        """
        import DeployerKit
        import Foundation
        import JSONValue
        import MegaraptorErrors
        import MegaraptorPluginKit

        extension \(names.type)Deployer {
            /// The host may have been killed after a step was done and before it was noted. Then the step comes again: it
            /// looks first, and goes on where its effect is there. What it says was read back.
            func apply(
                _ step: DeploymentPlan.Step,
                of plan: DeploymentPlan,
                _ operation: DeploymentOperation,
                _ request: DeploymentRequest,
                context: CallContext
            ) async throws -> StepOutcome {
                let server = try ServerFolder(request)
                guard try step.id == "folder" || server.isOurs() else {
                    throw MegaraptorError(.conflict, "The folder \\(server.url.path) has gone.", hint: "Plan again.")
                }
                switch step.id {
                case "folder": try server.make()
                case "program":
                    try server.put(step.details?["former"]?.stringValue ?? "", as: "program.former")
                    try server.put(step.details?["version"]?.stringValue ?? "", as: "program")
                case "files":
                    // Holds private keys: it goes where only its owner reads it, and into no message.
                    let configuration = try String(contentsOfFile: request.deployment.files.serverConfig, encoding: .utf8)
                    try server.put(configuration, as: "server.config.yaml")
                case "stop": try server.stop()
                case "start": try server.start()
                case "wait":
                    // Yours asks the server until it answers, says by context.progress how far it is, and sleeps between.
                    guard try server.text("running") != nil else {
                        throw MegaraptorError(.unavailable, "The server does not answer.", retryable: true)
                    }
                default: throw MegaraptorError(.invalidArgument, "There is no step \\(step.id).")
                }
                return try outcome(server, "Done: \\(step.title).")
            }

            /// What is gone already is no fault.
            func remove(
                _ step: DeploymentPlan.Step,
                of plan: RemovalPlan,
                _ request: DeploymentRequest,
                context: CallContext
            ) async throws -> StepOutcome {
                let server = try ServerFolder(request)
                guard try server.isOurs() else { return try outcome(server, "It was gone already.") }
                switch step.id {
                case "stop": try server.stop()
                case "program":
                    for name in ["program", "program.former", "server.config.yaml", "logs"] { try server.remove(name) }
                case "all": try server.removeAll()
                default: throw MegaraptorError(.invalidArgument, "There is no step \\(step.id).")
                }
                return try outcome(server, "Done: \\(step.title).")
            }

            private func outcome(_ server: ServerFolder, _ message: String) throws -> StepOutcome {
                StepOutcome(
                    state: ["folder": .string(server.url.path)],
                    resources: try server.resources(),
                    message: message
                )
            }
        }

        """
    }

    /// What only looks.
    static func looking(_ names: ProjectNames) -> String {
        """
        import DeployerKit
        import Foundation
        import JSONValue
        import MegaraptorErrors
        import MegaraptorPluginKit

        extension \(names.type)Deployer {
            /// What cannot be asked is unknown: that is not the same as stopped or missing.
            func status(_ request: DeploymentRequest, context: CallContext) async throws -> DeployedStatus {
                let server = try ServerFolder(request)
                do {
                    guard try server.isOurs() else { return DeployedStatus(.missing, "There is no server.") }
                    let since = try server.text("running")
                    let isRunning = since != nil
                    return DeployedStatus(
                        isRunning ? .running : .stopped,
                        isRunning ? "The server runs." : "The server does not run.",
                        startedAt: since,
                        version: try server.text("program"),
                        checks: [.init("server.runs", isRunning ? .ok : .failed, isRunning ? "It runs." : "It stands still.")],
                        resources: try server.resources(),
                        drift: try drift(request, server)
                    )
                } catch {
                    return DeployedStatus(
                        .unknown,
                        "It could not be found out how the server is.",
                        checks: [.init("server.folder", .unknown, "\\(error)")]
                    )
                }
            }

            private func drift(_ request: DeploymentRequest, _ server: ServerFolder) throws -> [String] {
                let path = request.deployment.files.serverConfig
                guard FileManager.default.fileExists(atPath: path) else { return [] }
                let planned = try String(contentsOfFile: path, encoding: .utf8)
                let found = try server.text("server.config.yaml")
                return found == planned ? [] : ["The server's configuration is not the one that was handed over."]
            }

            func logs(_ request: DeploymentRequest, lines: Int, context: CallContext) async throws -> DeploymentLogs {
                let text = try ServerFolder(request).text("logs/server.log") ?? ""
                let all = text.split(separator: "\\n").map(String.init)
                return DeploymentLogs(lines: all.suffix(lines), isCut: all.count > lines)
            }

            /// By the labels alone: the state may be lost.
            func recover(_ request: DeploymentRequest, context: CallContext) async throws -> RecoveredState {
                let server = try ServerFolder(request)
                guard try server.isOurs() else {
                    return RecoveredState(state: nil, resources: [], done: [], message: "Nothing of it is there.")
                }
                // Only what is there as a whole: the core does not do these steps again.
                let isHandedOver = try server.text("server.config.yaml") != nil && drift(request, server).isEmpty
                let effects = [
                    ("folder", true), ("program", try server.text("program") != nil), ("files", isHandedOver),
                    ("start", try server.text("running") != nil),
                ]
                return RecoveredState(
                    state: ["folder": .string(server.url.path)],
                    resources: try server.resources(),
                    done: effects.filter(\\.1).map(\\.0),
                    message: "Found \\(server.url.path) by its labels."
                )
            }

            /// Holds no key and no password: it says where they go.
            func export(
                _ request: DeploymentRequest,
                format: String,
                context: CallContext
            ) async throws -> [ExportedFile] {
                guard format == "shell" else {
                    throw MegaraptorError(.unsupported, "There is no format \\"\\(format)\\".", hint: "There is: shell.")
                }
                let server = try ServerFolder(request)
                let path = "'" + server.url.path.replacing("'", with: "'\\\\''") + "'"
                let text = \"""
                    #!/bin/sh
                    # Copy server.config.yaml into the folder afterwards.
                    mkdir -p \\(path)/datastore \\(path)/logs

                    \"""
                return [ExportedFile(name: "stand-up.sh", text: text)]
            }
        }

        """
    }
}

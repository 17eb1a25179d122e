// SPDX-License-Identifier: Apache-2.0

extension DeployerTemplate {
    /// The options, the checks and the plans.
    static func deployer(_ names: ProjectNames) -> String {
        """
        import DeployerKit
        import Foundation
        import JSONValue
        import MegaraptorErrors
        import MegaraptorPluginKit

        /// Stands up servers as folders. It keeps nothing itself: what it needs again it finds by the labels.
        struct \(names.type)Deployer: Deployer {
            let name = "\(provider(names))"
            let title = "\(names.type)"
            let description = "Stands up a server as a folder on this machine. Say here what yours are."
            let exports = ["shell"]

            /// What only this deployer asks for. The host has checked the values against it.
            let options = Schema.object(
                .required("root", .string.described("The absolute path of the folder in which servers lie."))
            )

            /// Comes with options that may be incomplete, and changes nothing.
            func usable(options: JSONValue, context: CallContext) async throws -> Usability {
                Usability(usable: true, facts: ["system": ProcessInfo.processInfo.operatingSystemVersionString])
            }

            /// All that stands against it, not only the first thing.
            func validate(_ request: DeploymentRequest, context: CallContext) async throws -> [DeploymentProblem] {
                let server = try ServerFolder(request)
                guard FileManager.default.isWritableFile(atPath: server.root.path) else {
                    let hint = "Make the folder, or name another."
                    return [.init(.error, field: "root", "Nothing can be written to \\(server.root.path).", hint: hint)]
                }
                guard try server.presence() == .foreign else { return [] }
                return [.init(.error, field: "root", "\\(server.url.path) is somebody else's.", hint: "Name another folder.")]
            }

            // MARK: - Plans

            /// What is found outside belongs into the plan, so that the digest holds it.
            func plan(
                _ operation: DeploymentOperation,
                _ request: DeploymentRequest,
                context: CallContext
            ) async throws -> DeploymentPlan {
                let server = try ServerFolder(request)
                let isThere = try server.isOurs()
                guard isThere || operation == .create else {
                    throw MegaraptorError(.failedPrecondition, "There is no server yet.", hint: "Create it first.")
                }
                return DeploymentPlan(
                    steps: try steps(operation, request, server),
                    changes: changes(operation, server, isThere),
                    exposure: exposure(request.deployment),
                    layout: layout(request.deployment, server)
                )
            }

            /// One change of the outside world each, or one wait.
            private func steps(
                _ operation: DeploymentOperation,
                _ request: DeploymentRequest,
                _ server: ServerFolder
            ) throws -> [DeploymentPlan.Step] {
                let stop = DeploymentPlan.Step("stop", "Stop the server")
                let files = DeploymentPlan.Step("files", "Hand over the configuration")
                let start = [DeploymentPlan.Step("start", "Start the server"), .init("wait", "Wait until it answers")]
                let program = try program(operation, request, server)
                switch operation {
                case .create:
                    return [.init("folder", "Make the folder \\(server.url.path)"), program, files] + start
                case .update: return [stop, files] + start
                case .restart: return [stop] + start
                case .upgrade, .rollback: return [stop, program] + start
                }
            }

            /// The versions are settled when the plan is made: doing the step twice must not go back twice.
            private func program(
                _ operation: DeploymentOperation,
                _ request: DeploymentRequest,
                _ server: ServerFolder
            ) throws -> DeploymentPlan.Step {
                let former = try server.text("program.former")
                guard operation == .rollback else {
                    let version = request.deployment.binary?.version ?? "1"
                    let current = try server.text("program")
                    let kept = current == version ? former : current
                    let details: JSONValue = ["version": .string(version), "former": .string(kept ?? "")]
                    return .init("program", "Put the program \\(version) there", details: details)
                }
                guard let former, !former.isEmpty else {
                    throw MegaraptorError(.failedPrecondition, "There is no former program to go back to.")
                }
                return .init("program", "Go back to the program \\(former)", details: ["version": .string(former), "former": ""])
            }

            private func changes(
                _ operation: DeploymentOperation,
                _ server: ServerFolder,
                _ isThere: Bool
            ) -> [DeploymentPlan.Change] {
                let folder = DeploymentPlan.Change(isThere ? .keep : .create, "folder", server.url.path)
                let data = DeploymentPlan.Change(isThere ? .keep : .create, "datastore", server.datastore.path)
                return [folder, data, .init(isThere ? .replace : .create, "program", "program")]
            }

            private func exposure(_ deployment: DeploymentSpecification) -> [DeploymentPlan.Exposure] {
                let ends = [("agents", deployment.frontend), ("GUI", deployment.gui), ("API", deployment.api)]
                return ends.map { purpose, end in
                    let reach = end.address.hasPrefix("127.") ? "this machine" : "whoever reaches \\(end.address)"
                    return .init(purpose: purpose, address: end.address, port: end.port, reach: reach)
                }
            }

            /// How the server's configuration is written for where it will run. The core writes it before the first step.
            private func layout(_ deployment: DeploymentSpecification, _ server: ServerFolder) -> ServerLayout {
                ServerLayout(
                    datastore: server.datastore.path,
                    logs: server.file("logs").path,
                    configuration: server.file("server.config.yaml").path,
                    frontend: deployment.frontend,
                    gui: deployment.gui,
                    api: deployment.api,
                    monitoring: .init(address: "127.0.0.1", port: deployment.monitoringPort)
                )
            }

            func removal(_ request: DeploymentRequest, data: Bool, context: CallContext) async throws -> RemovalPlan {
                let server = try ServerFolder(request)
                guard try server.isOurs() else { return RemovalPlan(steps: [], removes: [], keeps: []) }
                let resources = try server.resources()
                let stop = DeploymentPlan.Step("stop", "Stop the server")
                guard !data else {
                    let all = DeploymentPlan.Step("all", "Remove \\(server.url.path) with the evidence in it")
                    return RemovalPlan(steps: [stop, all], removes: resources, keeps: [])
                }
                return RemovalPlan(
                    steps: [stop, .init("program", "Remove the program, its configuration and its logs")],
                    removes: resources.filter { $0.holdsData != true },
                    keeps: resources.filter { $0.holdsData == true }
                )
            }
        }

        """
    }
}

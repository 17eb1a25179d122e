// SPDX-License-Identifier: Apache-2.0

extension DeployerTemplate {
    /// The outside world.
    static let folder = """
        import DeployerKit
        import Foundation
        import MegaraptorErrors

        /// Stands for a server and its engine: a folder with a mark, and a note that is there while the server "runs".
        struct ServerFolder {
            enum Presence {
                case missing, ours
                /// Something of this name that does not carry the labels. It is never touched.
                case foreign
            }

            let root: URL
            let url: URL
            private let labels: [String: String]

            init(_ request: DeploymentRequest) throws {
                guard let path = request.options["root"]?.stringValue, path.hasPrefix("/") else {
                    throw MegaraptorError(.invalidArgument, "The option root is no absolute path.", hint: "Give one.")
                }
                root = URL(filePath: path)
                url = root.appending(path: request.deployment.id)
                labels = request.deployment.labels
            }

            var datastore: URL { file("datastore") }

            func file(_ name: String) -> URL { url.appending(path: name) }

            private static let mark = "labels.json"

            func presence() throws -> Presence {
                guard FileManager.default.fileExists(atPath: url.path) else { return .missing }
                guard FileManager.default.fileExists(atPath: file(Self.mark).path) else { return .foreign }
                let found = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file(Self.mark)))
                return labels.allSatisfy { found[$0.key] == $0.value } ? .ours : .foreign
            }

            /// - Throws: `conflict` where it is somebody else's.
            func isOurs() throws -> Bool {
                let presence = try presence()
                guard presence != .foreign else {
                    throw MegaraptorError(
                        .conflict,
                        "\\(url.path) does not carry this deployment's labels, so it was left alone.",
                        hint: "Name another folder, or move it away."
                    )
                }
                return presence == .ours
            }

            /// The folder gets its name only with its mark in it: killed in between, nothing of this name is there.
            func make() throws {
                guard try !isOurs() else { return }
                let draft = root.appending(path: ".\\(url.lastPathComponent)-\\(UUID().uuidString)")
                try FileManager.default.createDirectory(
                    at: draft.appending(path: "datastore"),
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
                try JSONEncoder().encode(labels).write(to: draft.appending(path: Self.mark))
                try FileManager.default.moveItem(at: draft, to: url)
            }

            /// `nil` where there is none.
            func text(_ name: String) throws -> String? {
                guard FileManager.default.fileExists(atPath: file(name).path) else { return nil }
                return try String(contentsOf: file(name), encoding: .utf8)
            }

            /// Only its owner may read it, from its first byte on. Read back before anybody hears of it.
            func put(_ text: String, as name: String) throws {
                let draft = file(".\\(UUID().uuidString)")
                guard
                    FileManager.default.createFile(
                        atPath: draft.path,
                        contents: Data(text.utf8),
                        attributes: [.posixPermissions: 0o600]
                    )
                else { throw MegaraptorError(.unavailable, "\\(file(name).path) cannot be written.") }
                guard rename(draft.path, file(name).path) == 0, try self.text(name) == text else {
                    throw MegaraptorError(.unavailable, "\\(file(name).path) is not what was written.")
                }
            }

            func remove(_ name: String) throws {
                guard FileManager.default.fileExists(atPath: file(name).path) else { return }
                try FileManager.default.removeItem(at: file(name))
            }

            func removeAll() throws { try FileManager.default.removeItem(at: url) }

            // MARK: - The server

            func start() throws {
                guard try text("running") == nil else { return }
                let now = Date().formatted(.iso8601)
                try FileManager.default.createDirectory(at: file("logs"), withIntermediateDirectories: true)
                try put((text("logs/server.log") ?? "") + "\\(now) started\\n", as: "logs/server.log")
                try put(now, as: "running")
            }

            func stop() throws { try remove("running") }

            /// All that there is of it now.
            func resources() throws -> [DeployedResource] {
                guard try presence() == .ours else { return [] }
                let parts = [("program", false), ("server.config.yaml", false), ("datastore", true)]
                let found = parts.filter { FileManager.default.fileExists(atPath: file($0.0).path) }
                return [DeployedResource(kind: "folder", id: url.path, name: url.lastPathComponent, exists: true, holdsData: true)]
                    + found.map { name, holdsData in
                        DeployedResource(kind: "file", id: file(name).path, name: name, exists: true, holdsData: holdsData)
                    }
            }
        }

        """
}

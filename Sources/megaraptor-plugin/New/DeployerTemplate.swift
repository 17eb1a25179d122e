// SPDX-License-Identifier: Apache-2.0

/// A deployer in Swift: a package whose "servers" are folders, with every operation, its tests, and a Makefile.
enum DeployerTemplate {
    static func project(_ names: ProjectNames, kit: KitLocation) -> Project {
        let type = names.type
        return Project(
            files: [
                Project.File(path: "Package.swift", text: SwiftTemplate.package(names, kit, more: ["DeployerKit"])),
                Project.File(path: "Sources/\(type)/\(type)Plugin.swift", text: plugin(names)),
                Project.File(path: "Sources/\(type)/\(type)Deployer.swift", text: deployer(names)),
                Project.File(path: "Sources/\(type)/\(type)Deployer+Steps.swift", text: steps(names)),
                Project.File(path: "Sources/\(type)/\(type)Deployer+Looking.swift", text: looking(names)),
                Project.File(path: "Sources/\(type)/ServerFolder.swift", text: folder),
                Project.File(path: "Sources/\(type)Entry/Entry.swift", text: SwiftTemplate.entry(names)),
                Project.File(path: "Tests/\(type)Tests/DeployerTests.swift", text: tests(names)),
                Project.File(path: "Tests/\(type)Tests/Core.swift", text: core(names)),
                Project.File(path: "about.yaml", text: about(names)),
                Project.File(path: "plugin.map", text: SwiftTemplate.exports),
                Project.File(path: "Makefile", text: SwiftTemplate.makefile(names)),
                Project.File(path: "README.md", text: readme(names)),
                Project.File(path: ".gitignore", text: SwiftTemplate.ignored),
            ],
            next: ["make test", "make validate", "make install"]
        )
    }

    /// What `deployment_type` calls it.
    static func provider(_ names: ProjectNames) -> String { String(names.short.prefix(32)) }

    private static func plugin(_ names: ProjectNames) -> String {
        """
        import DeployerKit
        import MegaraptorPluginKit

        /// What the plugin is and what it offers: one deployer, for whoever asks providers of `deploy.provider/1`.
        public struct \(names.type)Plugin: Plugin {
            public static let identity = PluginIdentity(id: "\(names.id)", version: "0.1.0")

            public init(host: HostServices) {}

            public var providers: [Provider] { [\(names.type)Deployer().provider] }
        }

        """
    }

    private static func about(_ names: ProjectNames) -> String {
        """
        # What the manifest says and code does not. Everything else in it is made from the code.
        name: \(names.type)
        license: Apache-2.0
        description: Stands up servers as folders. Say here in a sentence or two what your deployer is for.
        permissions:
          filesystem: true

        """
    }

    private static func readme(_ names: ProjectNames) -> String {
        let type = names.type
        return """
            # \(names.id)

            A deployer for megaraptor-mcp, written in Swift. Its "servers" are folders with a note that says whether they run:
            put what you really stand up in their place.

                make            # builds it into plugin/\(names.id)
                make test       # runs its tests
                make validate   # holds it against the contract
                make install    # puts it where megaraptor-mcp looks for plugins

            | file | what it holds |
            |---|---|
            | `Sources/\(type)/\(type)Deployer.swift` | its options, what it checks, and its plans |
            | `Sources/\(type)/\(type)Deployer+Steps.swift` | the steps, each of which can be done twice |
            | `Sources/\(type)/\(type)Deployer+Looking.swift` | status, logs, recovery, export |
            | `Sources/\(type)/ServerFolder.swift` | the outside world |
            | `Tests/` | tests that drive it as the deployment core does |
            | `about.yaml` | what the manifest says and code does not |

            The contract is explained in `docs/deployers.md` of megaraptor-mcp. The manifest is made from the code.

            """
    }
}

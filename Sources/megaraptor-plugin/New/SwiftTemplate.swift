// SPDX-License-Identifier: Apache-2.0

/// A plugin in Swift: a package with one tool, its tests, and a Makefile.
enum SwiftTemplate {
    static func project(_ names: ProjectNames, kit: KitLocation) -> Project {
        let type = names.type
        return Project(
            files: [
                Project.File(path: "Package.swift", text: package(names, kit)),
                Project.File(path: "Sources/\(type)/\(type)Plugin.swift", text: plugin(names)),
                Project.File(path: "Sources/\(type)/Hello.swift", text: tool(names)),
                Project.File(path: "Sources/\(type)Entry/Entry.swift", text: entry(names)),
                Project.File(path: "Tests/\(type)Tests/HelloTests.swift", text: tests(names)),
                Project.File(path: "about.yaml", text: CommonTemplates.about(names, "Greets people.")),
                Project.File(path: "plugin.map", text: exports),
                Project.File(path: "Makefile", text: makefile(names)),
                Project.File(path: "README.md", text: readme(names)),
                Project.File(path: ".gitignore", text: ignored),
            ],
            next: ["make test", "make validate", "make install"]
        )
    }

    /// - Parameter more: further products of the kit's package that the plugin takes.
    static func package(_ names: ProjectNames, _ kit: KitLocation, more: [String] = []) -> String {
        let products = (["MegaraptorPluginKit"] + more).map { ".product(name: \"\($0)\", package: \"megaraptor-mcp\")" }
        let list = products.count == 1 ? "[\(products[0])]" : "[\n    \(products.joined(separator: ",\n    ")),\n]"
        return """
            // swift-tools-version: 6.2

            import PackageDescription

            let kit: [Target.Dependency] = \(list)
            let testing: Target.Dependency = .product(name: "MegaraptorPluginTesting", package: "megaraptor-mcp")

            let package = Package(
                name: "\(names.short)",
                products: [.library(name: "\(names.type)", type: .dynamic, targets: ["\(names.type)Entry"])],
                dependencies: [\(kit.dependency)],
                targets: [
                    .target(name: "\(names.type)", dependencies: kit),
                    // The library's entry is a target of its own, so that tests do not have it.
                    .target(
                        name: "\(names.type)Entry",
                        dependencies: ["\(names.type)"] + kit,
                        linkerSettings: [
                            .unsafeFlags(["-Xlinker", "--version-script=\\(Context.packageDirectory)/plugin.map"])
                        ]
                    ),
                    .testTarget(name: "\(names.type)Tests", dependencies: ["\(names.type)", testing] + kit),
                ]
            )

            """
    }

    private static func plugin(_ names: ProjectNames) -> String {
        """
        import MegaraptorPluginKit

        /// What the plugin is and what it offers.
        public struct \(names.type)Plugin: Plugin {
            public static let identity = PluginIdentity(id: "\(names.id)", version: "0.1.0")

            let host: HostServices

            /// Runs when the library is opened. Keep it quick: connect to things at the first call that needs them.
            public init(host: HostServices) {
                self.host = host
            }

            public var tools: [Tool] { [hello] }
        }

        """
    }

    private static func tool(_ names: ProjectNames) -> String {
        """
        import MegaraptorErrors
        import MegaraptorPluginKit

        extension \(names.type)Plugin {
            /// The description is what a model reads: say what the tool does and when to use it.
            var hello: Tool {
                Tool(
                    "\(names.snake)_hello",
                    description: "Greets somebody by name. Use it when somebody arrives.",
                    toolset: "\(names.snake)",
                    effects: .reads
                ) { (guest: Guest, context) in
                    guard guest.name.contains(where: \\.isLetter) else {
                        throw MegaraptorError(.invalidArgument, "The name has no letters.", hint: "Give a name.")
                    }
                    context.host.log(.debug, "greeting a guest")
                    return Greeting(text: "Hello, \\(guest.name)!", letters: guest.name.count)
                }
            }
        }

        /// The tool's arguments, and the schema that tells a model of them.
        struct Guest: ToolInput {
            var name: String

            static var schema: Schema {
                .object(.required("name", .string.described("Whom to greet.").examples("Ada")))
            }
        }

        /// What the tool answers.
        struct Greeting: ToolOutput {
            var text: String
            var letters: Int

            static var schema: Schema {
                .object(
                    .required("text", .string.described("The greeting.")),
                    .required("letters", .integer.described("How many characters the name has."))
                )
            }
        }

        """
    }

    static func entry(_ names: ProjectNames) -> String {
        """
        public import CMegaraptorABI
        import MegaraptorPluginKit
        import \(names.type)

        /// The one symbol that the library exports. The compiler holds it against the contract's header.
        @c @implementation
        public func megaraptor_plugin_v1(
            _ host: UnsafePointer<mr_host>?,
            _ out: UnsafeMutablePointer<mr_plugin>?
        ) -> Int32 {
            PluginEntry.open(\(names.type)Plugin.self, host, out)
        }

        """
    }

    private static func tests(_ names: ProjectNames) -> String {
        """
        import MegaraptorErrors
        import MegaraptorPluginTesting
        import Testing
        import \(names.type)

        @Suite("Greeting")
        struct HelloTests {
            @Test("A guest is greeted by name")
            func greets() async throws {
                let plugin = try await PluginUnderTest(\(names.type)Plugin.self)
                let answer = try await plugin.call("\(names.snake)_hello", ["name": "Ada"])
                #expect(answer.structured == ["text": "Hello, Ada!", "letters": 3])
            }

            @Test("A name without letters is refused, with what to do")
            func refuses() async throws {
                let plugin = try await PluginUnderTest(\(names.type)Plugin.self)
                let error = await #expect(throws: MegaraptorError.self) {
                    try await plugin.call("\(names.snake)_hello", ["name": "42"])
                }
                #expect(error?.code == .invalidArgument && error?.hint == "Give a name.")
            }

            @Test("A model finds a description of every tool and argument")
            func schemas() async throws {
                #expect(try await PluginUnderTest(\(names.type)Plugin.self).schemaProblems() == [])
            }
        }

        """
    }

    static let ignored = ".build/\nplugin/\nPackage.resolved\n"

    /// For the linker: nothing but the entry leaves the library.
    static let exports = """
        {
            global: megaraptor_plugin_v1;
            local: *;
        };

        """

    static func makefile(_ names: ProjectNames) -> String {
        """
        # make            builds the plugin into plugin/\(names.id)
        # make test       runs its tests
        # make validate   holds it against the contract
        # make install    puts it where megaraptor-mcp looks for plugins

        ID := \(names.id)
        LIBRARY := lib\(names.type).so
        PLUGIN := plugin/$(ID)
        MODE ?= release
        SWIFTFLAGS ?=
        DATA := $(if $(XDG_DATA_HOME),$(XDG_DATA_HOME),$(HOME)/.local/share)
        INSTALLED := $(DATA)/megaraptor-mcp/plugins/$(ID)

        .PHONY: all test validate install clean

        all:
        \tswift build -c $(MODE) $(SWIFTFLAGS)
        \tinstall -d $(PLUGIN)
        \tinstall -m 644 .build/$(MODE)/$(LIBRARY) $(PLUGIN)
        \tmegaraptor-plugin inspect --manifest --base about.yaml $(PLUGIN)/$(LIBRARY) > $(PLUGIN)/plugin.yaml.new
        \tmv $(PLUGIN)/plugin.yaml.new $(PLUGIN)/plugin.yaml

        test:
        \tswift test $(SWIFTFLAGS)

        validate: all
        \tmegaraptor-plugin validate $(PLUGIN)

        install: all
        \tinstall -d $(INSTALLED)
        \tinstall -m 644 $(PLUGIN)/$(LIBRARY) $(PLUGIN)/plugin.yaml $(INSTALLED)

        clean:
        \trm -rf .build plugin

        """
    }

    private static func readme(_ names: ProjectNames) -> String {
        """
        # \(names.id)

        A plugin for megaraptor-mcp, written in Swift.

            make            # builds it into plugin/\(names.id)
            make test       # runs its tests
            make validate   # holds it against the contract
            make install    # puts it where megaraptor-mcp looks for plugins

        | file | what it holds |
        |---|---|
        | `Sources/\(names.type)/\(names.type)Plugin.swift` | what the plugin is and the list of its tools |
        | `Sources/\(names.type)/Hello.swift` | the first tool, its arguments and its answer |
        | `Sources/\(names.type)Entry/Entry.swift` | the symbol by which the host enters the library |
        | `Tests/` | tests that run the plugin in a host of their own |
        | `about.yaml` | what the manifest says and code does not: name, license, description, toolsets, permissions |

        The manifest is made from the code: `make` writes `plugin/\(names.id)/plugin.yaml` anew.

        """
    }
}

// swift-tools-version: 6.2
//
// megaraptor-mcp: a small MCP host whose tools come from plugins.
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// Warnings are errors where the project checks itself; elsewhere a newer compiler must not break the build.
let isStrict = Context.environment["MEGARAPTOR_STRICT"] == "1"

let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

// Of a plugin's library only its entry leaves.
let oneExportedSymbol: [LinkerSetting] = [
    .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/Sources/CMegaraptorABI/plugin.map"])
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies + [.product(name: "ArgumentParser", package: "swift-argument-parser")],
        swiftSettings: settings
    )
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.target(name: name)] + dependencies,
        exclude: exclude,
        swiftSettings: settings
    )
}

// What a plugin author or an installer takes from this package.
let products: [Product] = [
    .executable(name: "megaraptor-mcp", targets: ["megaraptor-mcp"]),
    .executable(name: "megaraptor-lab", targets: ["megaraptor-lab"]),
    .executable(name: "megaraptor-plugin", targets: ["megaraptor-plugin"]),
    .library(
        name: "MegaraptorPluginKit",
        targets: ["MegaraptorPluginKit", "CMegaraptorABI", "JSONValue", "MegaraptorErrors"]
    ),
    .library(name: "DeployerKit", targets: ["DeployerKit"]),
    .library(name: "MegaraptorPluginTesting", targets: ["MegaraptorPluginTesting"]),
    .library(name: "Velociraptor", type: .dynamic, targets: ["Velociraptor"]),
    .library(name: "Deployments", type: .dynamic, targets: ["Deployments"]),
    .library(name: "Agents", type: .dynamic, targets: ["Agents"]),
    .library(name: "DockerDeployer", type: .dynamic, targets: ["DockerDeployer"]),
    .library(name: "BinaryDeployer", type: .dynamic, targets: ["BinaryDeployer"]),
    .library(name: "AWSDeployer", type: .dynamic, targets: ["AWSDeployer"]),
    .library(name: "AzureDeployer", type: .dynamic, targets: ["AzureDeployer"]),
    .library(name: "FixtureC", type: .dynamic, targets: ["FixtureC"]),
    .library(name: "FixtureSwift", type: .dynamic, targets: ["FixtureSwift"]),
    .library(name: "FixtureConformance", type: .dynamic, targets: ["FixtureConformance"]),
    .library(name: "FixtureDeployer", type: .dynamic, targets: ["FixtureDeployer"]),
    .library(name: "FixtureNative", type: .dynamic, targets: ["FixtureNative"]),
]

// C libraries of the system. grpc and GSSAPI have no pkgConfig: their flags break the build on Debian, or are refused.
let system: [Target] = [
    .systemLibrary(name: "CGRPC", path: "Sources/System/CGRPC"),
    .systemLibrary(name: "CFFI", path: "Sources/System/CFFI", pkgConfig: "libffi"),
    .systemLibrary(name: "COpenSSL", path: "Sources/System/COpenSSL", pkgConfig: "openssl"),
    .systemLibrary(name: "CCurl", path: "Sources/System/CCurl", pkgConfig: "libcurl"),
    .systemLibrary(name: "CGSSAPI", path: "Sources/System/CGSSAPI"),
    .systemLibrary(name: "CSSH", path: "Sources/System/CSSH", pkgConfig: "libssh"),
    .systemLibrary(name: "CZlib", path: "Sources/System/CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CYAML", path: "Sources/System/CYAML", pkgConfig: "yaml-0.1"),
]

// The host: everything that stands between stdin and a plugin.
let host: [Target] = [
    .target(name: "CMegaraptorABI", exclude: ["plugin.map"]),
    module("JSONValue"),
    module("MegaraptorErrors", ["JSONValue"]),
    module("WholeFiles", ["MegaraptorErrors", systemPackage]),
    .target(name: "CLibCrypto"),
    .target(name: "CWorker"),
    module("Cryptography", ["CLibCrypto", "MegaraptorErrors"]),
    module("YAMLSource", ["CYAML", "JSONValue", "MegaraptorErrors"]),
    module("MCPProtocol", ["JSONValue", "MegaraptorErrors"]),
    module("MCPTransport", ["MCPProtocol", "MegaraptorErrors"]),
    module("PluginManifest", ["YAMLSource", "JSONValue", "MegaraptorErrors", systemPackage]),
    module(
        "PluginTrust",
        ["PluginManifest", "Cryptography", "WholeFiles", "YAMLSource", "JSONValue", "MegaraptorErrors", systemPackage]
    ),
    module("SecretStore", ["Cryptography", "WholeFiles", "JSONValue", "MegaraptorErrors", systemPackage]),
    module("AuditLog", ["Cryptography", "JSONValue", "MegaraptorErrors", systemPackage]),
    module("AuditReview", ["AuditLog", "Cryptography", "JSONValue", "MegaraptorErrors", systemPackage]),
    module("NativeFunctions", ["CFFI", "PluginManifest", "JSONValue", "MegaraptorErrors"]),
    module("Catalog", ["PluginManifest", "YAMLSource", "JSONValue", "MegaraptorErrors"]),
    module(
        "PluginHost",
        [
            "CMegaraptorABI", "CWorker", "PluginTrust", "NativeFunctions", "PluginManifest", "WholeFiles", "JSONValue",
            "MegaraptorErrors", logging, systemPackage,
        ]
    ),
    module(
        "MCPServer",
        [
            "MCPProtocol", "MCPTransport", "Catalog", "PluginManifest", "Cryptography", "JSONValue",
            "MegaraptorErrors",
        ]
    ),
]

// What plugins are made of.
let kit: [Target] = [
    module("MegaraptorPluginKit", ["CMegaraptorABI", "JSONValue", "MegaraptorErrors"]),
    module("MegaraptorPluginTesting", ["MegaraptorPluginKit", "CMegaraptorABI", "JSONValue", "MegaraptorErrors"]),
]

// Velociraptor: its query language, its wire messages, its certificates.
let velociraptor: [Target] = [
    module("VQL"),
    module("VQLChecks", ["VQL", "JSONValue"]),
    module("Certificates", ["COpenSSL", "MegaraptorErrors"]),
    module("GRPCTransport", ["CGRPC", "MegaraptorErrors"]),
    module("VelociraptorAPI", [.product(name: "SwiftProtobuf", package: "swift-protobuf")]),
]

// What deployers share.
let deployment: [Target] = [
    module("HTTPTransport", ["CCurl", "JSONValue", "MegaraptorErrors"]),
    module("ChildProcesses", ["MegaraptorErrors"]),
    module("BlockingCalls", ["MegaraptorErrors"]),
    module("XMLReading", ["MegaraptorErrors"]),
    module("Negotiation", ["CGSSAPI", "MegaraptorErrors"]),
    module(
        "WinRM",
        [
            "BlockingCalls", "Certificates", "HTTPTransport", "Negotiation", "XMLReading", "JSONValue",
            "MegaraptorErrors",
        ]
    ),
    module(
        "AzureClient",
        [
            "ChildProcesses", "HTTPTransport", "Certificates", "Cryptography", "WholeFiles", "JSONValue",
            "MegaraptorErrors",
        ]
    ),
    module("SSHTransport", ["CSSH", "Cryptography", "JSONValue", "MegaraptorErrors"]),
    module(
        "AWSClient",
        [
            "ChildProcesses", "HTTPTransport", "XMLReading", "Cryptography", "WholeFiles", "JSONValue",
            "MegaraptorErrors",
        ]
    ),
    module("DeployerKit", ["MegaraptorPluginKit", "Cryptography", "JSONValue", "MegaraptorErrors"]),
    module(
        "DeploymentKit",
        [
            "BlockingCalls", "DeployerKit", "MegaraptorPluginKit", "HTTPTransport", "Certificates", "Cryptography",
            "WholeFiles", "YAMLSource", "JSONValue", "MegaraptorErrors", systemPackage,
        ]
    ),
]

// How a server lies on a machine, and what the clouds share.
let servers: [Target] = [
    module("LinuxServer", ["DeployerKit"]),
    module("Machines", ["SSHTransport", "MegaraptorPluginKit", "Cryptography", "JSONValue", "MegaraptorErrors"]),
    module("DebianPackage", ["CZlib", "MegaraptorErrors"]),
    module("VelociraptorQuery", ["MegaraptorPluginKit", "JSONValue", "MegaraptorErrors"]),
    module(
        "CloudServer",
        ["LinuxServer", "DeployerKit", "MegaraptorPluginKit", "JSONValue", "MegaraptorErrors"]
    ),
]

// The stand-in server for demo, tests and load.
let lab: [Target] = [
    module("HTTPServer", ["COpenSSL", "MegaraptorErrors"]),
    module("VQLEvaluator", ["VQL", "JSONValue"]),
    module(
        "VelociraptorLab",
        [
            "VQL", "VQLEvaluator", "YAMLSource", "JSONValue", "MegaraptorErrors", "Certificates", "Cryptography",
            "GRPCTransport", "HTTPServer", "VelociraptorAPI",
            .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        ]
    ),
]

// Each plugin: its logic, and a thin entry target that becomes the library.
func plugin(_ name: String, _ dependencies: [Target.Dependency]) -> [Target] {
    [
        .target(
            name: name + "Plugin",
            dependencies: ["MegaraptorPluginKit", "JSONValue", "MegaraptorErrors"] + dependencies,
            path: "Plugins/\(name)/Plugin",
            swiftSettings: settings
        ),
        .target(
            name: name,
            dependencies: [.target(name: name + "Plugin"), "MegaraptorPluginKit", "CMegaraptorABI"],
            path: "Plugins/\(name)/Entry",
            swiftSettings: settings,
            linkerSettings: oneExportedSymbol
        ),
    ]
}

let plugins: [Target] =
    plugin(
        "Velociraptor",
        ["YAMLSource", "VQL", "VQLChecks", "Certificates", "GRPCTransport", "VelociraptorAPI"]
    )
    + plugin(
        "Deployments",
        [
            "DeployerKit", "DeploymentKit", "VelociraptorQuery", "HTTPTransport", "Certificates", "Cryptography",
            "WholeFiles", "YAMLSource", systemPackage,
        ]
    )
    + plugin(
        "Agents",
        [
            "BlockingCalls", "DebianPackage", "DeploymentKit", "VelociraptorQuery", "Machines", "SSHTransport", "WinRM",
            "Negotiation", "HTTPTransport", "ChildProcesses", "Certificates", "Cryptography", "WholeFiles",
            "YAMLSource", systemPackage,
        ]
    )
    + plugin(
        "DockerDeployer",
        ["DeployerKit", "HTTPTransport", "Cryptography", "WholeFiles", "YAMLSource", systemPackage]
    )
    + plugin(
        "BinaryDeployer",
        [
            "DeployerKit", "LinuxServer", "Machines", "ChildProcesses", "SSHTransport", "Cryptography", "YAMLSource",
            systemPackage,
        ]
    )
    + plugin(
        "AWSDeployer",
        [
            "DeployerKit", "LinuxServer", "CloudServer", "AWSClient", "XMLReading", "Cryptography", "WholeFiles",
            "YAMLSource",
        ]
    )
    + plugin(
        "AzureDeployer",
        [
            "DeployerKit", "LinuxServer", "CloudServer", "AzureClient", "HTTPTransport", "Cryptography", "WholeFiles",
        ]
    )

let programs: [Target] = [
    program(
        "megaraptor-mcp",
        [
            "MCPServer", "MCPProtocol", "MCPTransport", "PluginHost", "PluginTrust", "PluginManifest", "Catalog",
            "SecretStore", "AuditLog", "AuditReview", "Cryptography", "WholeFiles", "YAMLSource", "JSONValue",
            "MegaraptorErrors", logging,
        ]
    ),
    program("megaraptor-lab", ["VelociraptorLab", "YAMLSource", "MegaraptorErrors", "JSONValue"]),
    program(
        "megaraptor-plugin",
        [
            "PluginHost", "PluginTrust", "PluginManifest", "MegaraptorPluginTesting", "CMegaraptorABI", "Cryptography",
            "VQL", "VQLChecks", "WholeFiles", "YAMLSource", "JSONValue", "MegaraptorErrors", logging, systemPackage,
        ]
    ),
]

// Plugins for tests and benchmarks, and what attacks the rest.
let fixtures: [Target] = [
    .executableTarget(
        name: "megaraptor-fuzz",
        dependencies: [
            "MCPServer", "MCPTransport", "MCPProtocol", "PluginHost", "PluginManifest", "Catalog", "VQL", "JSONValue",
            "MegaraptorErrors", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        path: "Tests/Fuzz",
        swiftSettings: settings
    ),
    .target(
        name: "DeployerTestbed",
        dependencies: ["DeployerKit", "MegaraptorPluginTesting", "JSONValue"],
        path: "Tests/Fixtures/DeployerTestbed",
        swiftSettings: settings
    ),
    .target(
        name: "AWSTestbed",
        dependencies: ["CloudTestbed", "JSONValue"],
        path: "Tests/Fixtures/AWSTestbed",
        swiftSettings: settings
    ),
    .target(
        name: "AzureTestbed",
        dependencies: ["HTTPServer", "Certificates", "Cryptography", "JSONValue", "MegaraptorErrors"],
        path: "Tests/Fixtures/AzureTestbed",
        swiftSettings: settings
    ),
    .target(
        name: "CloudTestbed",
        dependencies: ["DeployerKit", "JSONValue"],
        path: "Tests/Fixtures/CloudTestbed",
        swiftSettings: settings
    ),
    .target(name: "PodmanTestbed", path: "Tests/Fixtures/PodmanTestbed", swiftSettings: settings),
    .target(
        name: "SSHTestbed",
        path: "Tests/Fixtures/SSHTestbed",
        exclude: ["PasswordServer"],
        swiftSettings: settings
    ),
    .target(name: "CommandTestbed", path: "Tests/Fixtures/CommandTestbed", swiftSettings: settings),
    .target(
        name: "WinRMTestbed",
        dependencies: ["CommandTestbed", "SSHTestbed", "JSONValue"],
        path: "Tests/Fixtures/WinRMTestbed",
        exclude: ["Endpoint"],
        swiftSettings: settings
    ),
    .target(name: "FixtureNative", path: "Tests/Fixtures/Native", publicHeadersPath: "."),
    .target(
        name: "FixtureC",
        dependencies: ["CMegaraptorABI"],
        path: "Tests/Fixtures/CEcho",
        publicHeadersPath: ".",
        linkerSettings: oneExportedSymbol
    ),
    .target(
        name: "FixtureSwift",
        dependencies: ["MegaraptorPluginKit", "CMegaraptorABI", "JSONValue", "MegaraptorErrors"],
        path: "Tests/Fixtures/SwiftEcho",
        swiftSettings: settings,
        linkerSettings: oneExportedSymbol
    ),
    .target(
        name: "FixtureDeployer",
        dependencies: ["DeployerKit", "MegaraptorPluginKit", "CMegaraptorABI", "JSONValue", "MegaraptorErrors"],
        path: "Tests/Fixtures/Deployer",
        swiftSettings: settings,
        linkerSettings: oneExportedSymbol
    ),
    .target(
        name: "FixtureConformance",
        dependencies: ["MegaraptorPluginKit", "CMegaraptorABI", "JSONValue", "MegaraptorErrors"],
        path: "Tests/Fixtures/Conformance",
        swiftSettings: settings,
        linkerSettings: oneExportedSymbol
    ),
]

let testTargets: [Target] = [
    tests("JSONValue", []),
    tests("MegaraptorErrors", ["JSONValue"]),
    tests("Cryptography", ["JSONValue", "MegaraptorErrors"]),
    tests(
        "PluginTrust",
        ["PluginManifest", "Cryptography", "JSONValue", "MegaraptorErrors"],
        exclude: ["file-faults.golden.txt"]
    ),
    tests("SecretStore", ["Cryptography", "JSONValue", "MegaraptorErrors"]),
    tests("AuditLog", ["Cryptography", "JSONValue", "MegaraptorErrors"]),
    tests("AuditReview", ["AuditLog", "Cryptography", "JSONValue", "MegaraptorErrors"]),
    tests("NativeFunctions", ["PluginManifest", "JSONValue", "MegaraptorErrors"]),
    tests("YAMLSource", ["JSONValue", "MegaraptorErrors"]),
    tests("MCPProtocol", ["JSONValue", "MegaraptorErrors"]),
    tests("MCPTransport", ["MCPProtocol", "MegaraptorErrors"]),
    tests("PluginManifest", ["YAMLSource", "JSONValue", "MegaraptorErrors"]),
    tests("Catalog", ["PluginManifest", "YAMLSource", "JSONValue", "MegaraptorErrors"]),
    tests(
        "PluginHost",
        ["CMegaraptorABI", "PluginTrust", "PluginManifest", "JSONValue", "MegaraptorErrors", logging],
        exclude: ["layout-dump.c"]
    ),
    tests("MCPServer", ["MCPProtocol", "MCPTransport", "Catalog", "PluginManifest", "JSONValue", "MegaraptorErrors"]),
    tests("MegaraptorPluginKit", ["CMegaraptorABI", "JSONValue", "MegaraptorErrors"]),
    tests("MegaraptorPluginTesting", ["MegaraptorPluginKit", "JSONValue", "MegaraptorErrors"]),
    tests("VQL", ["JSONValue"]),
    tests("VQLChecks", ["VQL", "JSONValue"]),
    tests("Certificates", ["MegaraptorErrors"]),
    tests("GRPCTransport", ["Certificates", "MegaraptorErrors"]),
    tests("VQLEvaluator", ["VQL", "JSONValue"], exclude: ["not-reproduced.json"]),
    tests(
        "VelociraptorLab",
        [
            "megaraptor-lab", "HTTPServer", "COpenSSL", "VelociraptorAPI", "GRPCTransport", "Certificates",
            "Cryptography",
            "YAMLSource", "VQL", "JSONValue", "MegaraptorErrors",
            .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        ]
    ),
    tests(
        "VelociraptorPlugin",
        [
            "MegaraptorPluginKit", "MegaraptorPluginTesting", "VelociraptorLab", "VelociraptorAPI", "Certificates",
            "GRPCTransport", "YAMLSource", "VQLChecks", "JSONValue", "MegaraptorErrors",
        ]
    ),
    tests("HTTPTransport", ["Certificates", "JSONValue", "MegaraptorErrors"]),
    tests(
        "AzureClient",
        ["AzureTestbed", "HTTPTransport", "Certificates", "Cryptography", "JSONValue", "MegaraptorErrors"]
    ),
    tests("SSHTransport", ["SSHTestbed", "JSONValue", "MegaraptorErrors"]),
    tests("AWSClient", ["AWSTestbed", "XMLReading", "JSONValue", "MegaraptorErrors"]),
    tests("DeployerKit", ["MegaraptorPluginKit", "MegaraptorPluginTesting", "JSONValue", "MegaraptorErrors"]),
    tests(
        "DeploymentKit",
        ["DeployerKit", "HTTPTransport", "Certificates", "YAMLSource", "JSONValue", "MegaraptorErrors"],
        exclude: [
            "Configuration/client.golden.yaml", "Configuration/server-keys.txt", "Configuration/server.golden.yaml",
        ]
    ),
    tests(
        "DeploymentsPlugin",
        ["DeployerKit", "DeploymentKit", "MegaraptorPluginKit", "JSONValue", "MegaraptorErrors"]
    ),
    tests(
        "DockerDeployerPlugin",
        [
            "DeployerKit", "DeployerTestbed", "PodmanTestbed", "HTTPTransport", "SSHTestbed", "Certificates",
            "Cryptography", "MegaraptorPluginKit",
            "MegaraptorPluginTesting", "JSONValue", "MegaraptorErrors",
        ],
        exclude: ["compose.golden.yaml"]
    ),
    tests(
        "BinaryDeployerPlugin",
        [
            "DeployerKit", "DeployerTestbed", "LinuxServer", "SSHTransport", "SSHTestbed", "Certificates",
            "Cryptography", "MegaraptorPluginKit", "MegaraptorPluginTesting", "JSONValue", "MegaraptorErrors",
        ]
    ),
    tests("DebianPackage", ["MegaraptorErrors"]),
    tests("XMLReading", ["MegaraptorErrors"]),
    tests("Negotiation", ["CGSSAPI", "CommandTestbed", "SSHTestbed", "MegaraptorErrors"]),
    tests(
        "WinRM",
        ["CommandTestbed", "WinRMTestbed", "HTTPTransport", "Negotiation", "JSONValue", "MegaraptorErrors"]
    ),
    tests(
        "AgentsPlugin",
        [
            "CommandTestbed", "SSHTestbed", "WinRMTestbed", "MegaraptorPluginKit", "MegaraptorPluginTesting",
            "JSONValue", "MegaraptorErrors",
        ],
        exclude: ["Ansible/Golden", "Collectors/client-artifacts.txt", "GroupPolicy/Golden"]
    ),
    tests("LinuxServer", ["DeployerKit"], exclude: ["velociraptor_server.golden.service"]),
    tests(
        "CloudServer",
        ["CloudTestbed", "LinuxServer", "DeployerKit", "MegaraptorPluginKit", "JSONValue", "MegaraptorErrors"]
    ),
    tests(
        "AWSDeployerPlugin",
        [
            "AWSClient", "AWSTestbed", "CloudTestbed", "DeployerTestbed", "HTTPTransport", "XMLReading", "CloudServer",
            "LinuxServer", "DeployerKit", "MegaraptorPluginKit", "MegaraptorPluginTesting", "YAMLSource", "JSONValue",
            "MegaraptorErrors",
        ],
        exclude: [
            "Template/Golden", "Template/deploy_all.py",
        ]
    ),
    tests(
        "AzureDeployerPlugin",
        [
            "AzureTestbed", "AzureClient", "CloudTestbed", "DeployerKit", "DeployerTestbed", "CloudServer",
            "LinuxServer", "Cryptography", "MegaraptorPluginKit", "MegaraptorPluginTesting", "JSONValue",
            "MegaraptorErrors",
        ],
        exclude: ["Template/Golden"]
    ),
    .testTarget(
        name: "InvestigationTests",
        dependencies: ["PluginManifest", "JSONValue", "MegaraptorErrors"],
        swiftSettings: settings
    ),
    .testTarget(
        name: "EndToEndTests",
        dependencies: ["AWSTestbed", "AzureTestbed", "PodmanTestbed", "JSONValue", "MegaraptorErrors"],
        exclude: [
            "demo.golden.txt", "doctor.golden.txt", "dual_era_client.py", "explain.golden.txt", "handshake_client.py",
            "lateral_movement.golden.md", "validate.golden.txt",
        ],
        swiftSettings: settings
    ),
]

let package = Package(
    name: "megaraptor-mcp",
    products: products,
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: system + host + kit + velociraptor + deployment + servers + lab + plugins + programs + fixtures
        + testTargets
)

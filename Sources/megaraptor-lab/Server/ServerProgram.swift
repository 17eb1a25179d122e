// SPDX-License-Identifier: Apache-2.0

import JSONValue
import VelociraptorLab
import YAMLSource

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The server program: takes its command lines and configuration, and refuses what it refuses in its words.
enum ServerProgram {
    /// Runs one command and ends the process with its exit code.
    static func run(_ words: [String]) async {
        var prefix = ""
        do throws(ServerFailure) {
            let arguments = try ServerArguments(words)
            prefix = arguments.command + ": "
            try await perform(arguments)
            exit(0)
        } catch {
            let name = error.exitCode == 1 ? "velociraptor: error: \(prefix)" : ""
            StandardError.write("\(name)\(error.message)\n")
            exit(error.exitCode)
        }
    }

    private static func perform(_ arguments: ServerArguments) async throws(ServerFailure) {
        switch arguments.command {
        case "version": show(ServerConfiguration.version)
        case "frontend": try await serve(arguments)
        case "client": try await playAgent(arguments)
        case "config show": show(try configuration(arguments).document)
        case "config client": show(try clientConfiguration(arguments))
        case "config api_client": try writeAPIClient(arguments)
        case "user add": try addUser(arguments)
        default: throw ServerFailure("the lab does not have this command of the real program")
        }
    }
}

// MARK: - Configurations

extension ServerProgram {
    /// Reads the configuration that the flag or the environment names, and checks what every command asks of it.
    private static func configuration(_ arguments: ServerArguments) throws(ServerFailure) -> ServerConfiguration {
        let configuration = try readConfiguration(arguments)
        try configuration.checkParts()
        return configuration
    }

    private static func readConfiguration(_ arguments: ServerArguments) throws(ServerFailure) -> ServerConfiguration {
        if let path = arguments.values["--config"] { return try ServerConfiguration(path: path) }
        if let text = variable("VELOCIRAPTOR_LITERAL_CONFIG") { return try ServerConfiguration(yaml: text) }
        if let path = variable("VELOCIRAPTOR_CONFIG") { return try ServerConfiguration(path: path) }
        throw ServerFailure("Unable to load config file: Unable to load config from any source.")
    }

    private static func clientConfiguration(_ arguments: ServerArguments) throws(ServerFailure) -> JSONObject {
        let configuration = try configuration(arguments)
        guard configuration.document["Client"]?.objectValue != nil else {
            throw ServerFailure("Unable to load config file: Client config is required")
        }
        return configuration.clientConfiguration
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    private static func show(_ value: JSONValue) { print(YAMLEmitter.text(for: value), terminator: "") }
    private static func show(_ object: JSONObject) { show(.object(object)) }
}

// MARK: - Users

extension ServerProgram {
    private static func addUser(_ arguments: ServerArguments) throws(ServerFailure) {
        guard let name = arguments.operands.first else {
            throw ServerFailure("required argument 'username' not provided, try --help")
        }
        guard arguments.operands.count > 1 else {
            throw ServerFailure("the lab has no terminal to ask for a password on")
        }
        let server = try OfflineServer(try configuration(arguments))
        try server.setUser(name, password: arguments.operands[1], roles: roles(arguments))
        StandardError.write("User \(name) is known to the server from its next start.\n")
    }

    private static func writeAPIClient(_ arguments: ServerArguments) throws(ServerFailure) {
        guard let name = arguments.values["--name"] else {
            throw ServerFailure("required flag --name not provided, try --help")
        }
        guard let path = arguments.operands.first else {
            throw ServerFailure("required argument 'output' not provided, try --help")
        }
        let server = try OfflineServer(try configuration(arguments))
        let roles = roles(arguments)
        if !roles.isEmpty { try server.setUser(name, password: nil, roles: roles) }
        try server.writeAPIClient(name, to: path)
    }

    private static func roles(_ arguments: ServerArguments) -> [String] {
        arguments.values["--role"]?.split(separator: ",").map(String.init) ?? []
    }
}

// MARK: - Serving

extension ServerProgram {
    private static func serve(_ arguments: ServerArguments) async throws(ServerFailure) {
        // Before anything can end the server: a signal during the start must not leave it half made.
        let end = TerminationSignals()
        let options = DeployedServer.Options(
            isVerbose: arguments.flags.contains("--verbose"),
            hasFleet: variable("LAB_FLEET") == "1"
        )
        let server = try DeployedServer(try readConfiguration(arguments), options)
        await end.wait()
        await server.stop()
    }

    /// Tries to enrol until it succeeds, then stays until it is ended, as an agent does.
    private static func playAgent(_ arguments: ServerArguments) async throws(ServerFailure) {
        let end = TerminationSignals()
        let agent = try LabAgent(try readConfiguration(arguments))
        let enrolment = Task {
            while let faults = await agent.enrol() {
                for fault in faults { StandardError.write("[ERROR] \(fault)\n") }
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
            }
            StandardError.write("[INFO] Enrolled.\n")
        }
        await end.wait()
        enrolment.cancel()
        await enrolment.value
    }
}

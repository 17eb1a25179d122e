// SPDX-License-Identifier: Apache-2.0

internal import ChildProcesses
internal import Glibc
internal import JSONValue
public import MegaraptorErrors

/// Whoever has signed in to Azure CLI on this machine.
public struct AzureCLICredential: AzureCredential {
    public let name = "AzureCliCredential"
    let environment: AzureEnvironment
    let tenant: String?
    let timeLimit: Duration

    public init(_ environment: AzureEnvironment, tenant: String? = nil, timeLimit: Duration = .seconds(30)) {
        self.environment = environment
        self.tenant = tenant
        self.timeLimit = timeLimit
    }

    public func token(for scope: String) async throws(MegaraptorError) -> AccessToken {
        guard let program = ProgramSearch.find("az", in: environment["PATH"]) else {
            throw CredentialFault.absent(
                "Azure CLI (az) is not on this machine's PATH.",
                hint: "Install it and run \"az login\", or give an application by AZURE_TENANT_ID, AZURE_CLIENT_ID and"
                    + " AZURE_CLIENT_SECRET."
            )
        }
        var words = [program, "account", "get-access-token", "--output", "json", "--scope", scope]
        if let tenant { words += ["--tenant", tenant] }
        let command = ChildCommand(words, environment: environment.forChildren, timeLimit: timeLimit)
        let result = try await command.run()
        guard result.isSuccess else { throw refusal(result) }
        return try Self.read(result.output)
    }

    private static func read(_ output: String) throws(MegaraptorError) -> AccessToken {
        let json = (try? JSONValue(json: output)) ?? .null
        guard let value = json["accessToken"]?.stringValue, !value.isEmpty else {
            throw MegaraptorError(.internal, "Azure CLI gave an answer without a token.", hint: "Run \"az upgrade\".")
        }
        // `expiresOn` is in local time; versions before 2.54 have nothing else, and their tokens last five minutes at
        // least.
        let expires = json["expires_on"]?.integerValue ?? Int64(time(nil)) + 300
        return AccessToken(value, expires: expires, subscription: json["subscription"]?.stringValue)
    }

    private func refusal(_ result: ChildResult) -> MegaraptorError {
        let words = result.errors.split(separator: "\n").first { $0.hasPrefix("ERROR:") }
            .map { String($0.dropFirst(6).drop { $0 == " " }.prefix(400)) }
        let isSignedOut = result.errors.contains("az login")
        let hint = isSignedOut ? "Run \"az login\"\(tenant.map { " --tenant \($0)" } ?? "")." : ""
        let message = "Azure CLI has no token: \(words ?? "exit code \(result.status)")"
        return isSignedOut
            ? CredentialFault.absent(message, hint: hint)
            : MegaraptorError(.unauthenticated, message, hint: hint)
    }
}

/// Programs by their names.
enum ProgramSearch {
    /// The first on the path that may be run.
    static func find(_ name: String, in path: String?) -> String? {
        (path ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { $0.hasPrefix("/") && access($0, X_OK) == 0 }
    }
}

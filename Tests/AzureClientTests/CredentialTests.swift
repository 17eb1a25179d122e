// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import Certificates
import JSONValue
import MegaraptorErrors
import Testing

@testable import AzureClient

@Suite("Credentials for Azure", .timeLimit(.minutes(2)))
struct CredentialTests {
    @Test("an application with a secret gets a token, which is kept and never shown")
    func secret() async throws {
        try await Bench.with { bench in
            let chain = try bench.chain(bench.environment(["AZURE_CLIENT_SECRET": AzureTestbed.secret]))
            let cache = TokenCache(chain)
            let token = try await cache.token(for: bench.scope)
            #expect(!"\(token) \(String(reflecting: token))".contains(token.value))
            _ = try await cache.token(for: bench.scope)
            #expect(bench.azure.requests.count == 1, "the second was kept from the first")
            #expect(!"\(chain)".contains(AzureTestbed.secret))
        }
    }

    @Test("a wrong secret is a refusal with Entra's own words, and nobody else is tried")
    func wrongSecret() async throws {
        try await Bench.with { bench in
            let chain = try bench.chain(bench.environment(["AZURE_CLIENT_SECRET": "wr0ng-secret"]))
            let error = await failure { _ = try await chain.token(for: bench.scope) }
            #expect(error?.code == .unauthenticated)
            #expect(error?.message.contains("AADSTS7000215") == true)
            #expect(error?.details["azure_code"] == "invalid_client")
            #expect(error?.details["trace_id"] != nil)
            #expect(error?.hint.contains("AZURE_CLIENT_SECRET") == true)
            #expect(!"\(String(describing: error))".contains("wr0ng-secret"))
            #expect(bench.azure.requests.count == 1)
        }
    }

    @Test("an application with a certificate signs a statement that is checked, and none is used twice")
    func certificate() async throws {
        try await Bench.with { bench in
            let authority = try CertificateAuthority.selfSigned(DistinguishedName(commonName: "app"))
            bench.azure.trust(authority.certificate)
            let pem = try authority.key.pkcs8PEM() + authority.certificate.pem()
            let file = try bench.write("app.pem", pem)
            let chain = try bench.chain(bench.environment(["AZURE_CLIENT_CERTIFICATE_PATH": file]))
            _ = try await chain.token(for: bench.scope)
            _ = try await chain.token(for: bench.scope)
            #expect(bench.azure.requests.allSatisfy { $0.text.contains("client_assertion=") })

            let other = try CertificateAuthority.selfSigned(DistinguishedName(commonName: "other"))
            bench.azure.trust(other.certificate)
            let error = await failure { _ = try await chain.token(for: bench.scope) }
            #expect(error?.code == .unauthenticated)
            #expect(error?.message.contains("AADSTS700027") == true)
        }
    }

    @Test("a signed statement has the older form for AD FS")
    func olderStatement() throws {
        let authority = try CertificateAuthority.selfSigned(DistinguishedName(commonName: "app"))
        let pem = Array((try authority.key.pkcs1PEM() + authority.certificate.pem()).utf8)
        let assertion = try ClientAssertion(pem: pem, scheme: .rsaPKCS1, sendsChain: true)
        let parts = try assertion.text(clientID: "c", audience: "a").split(separator: ".").map(String.init)
        let head = try JSONText.decoded(parts[0])
        #expect(head["alg"] == "RS256")
        #expect(head["x5t"]?.stringValue?.count == 27, "twenty bytes of SHA-1")
        #expect(head["x5c"]?.arrayValue?.count == 1)
        let signature = try JSONText.bytes(parts[2])
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        #expect(try authority.certificate.verifies(signature, of: signed, .rsaPKCS1))
        #expect(try !authority.certificate.verifies(signature, of: signed, .rsaPSS))
        #expect(try !authority.certificate.verifies(signature, of: signed + [0], .rsaPKCS1))
    }

    @Test("a certificate without its key is an error that says what to do")
    func certificateWithoutKey() async throws {
        try await Bench.with { bench in
            let authority = try CertificateAuthority.selfSigned(DistinguishedName(commonName: "app"))
            let file = try bench.write("app.pem", try authority.certificate.pem())
            let chain = try bench.chain(bench.environment(["AZURE_CLIENT_CERTIFICATE_PATH": file]))
            let error = await failure { _ = try await chain.token(for: bench.scope) }
            #expect(error?.code == .invalidArgument)
            #expect(error?.hint.contains("openssl pkcs12") == true)
        }
    }

    @Test("a workload identity brings the token of its file, read anew each time")
    func workload() async throws {
        try await Bench.with { bench in
            let file = try bench.write("token", "first.token\n")
            bench.azure.trust(federated: "first.token")
            let chain = try bench.chain(bench.environment(["AZURE_FEDERATED_TOKEN_FILE": file]))
            _ = try await chain.token(for: bench.scope)
            bench.azure.trust(federated: "second.token")
            _ = try bench.write("token", "second.token")
            _ = try await chain.token(for: bench.scope)
        }
    }

    @Test("a managed identity is asked for where the machine has one: instance metadata, or the app's own endpoint")
    func managedIdentity() async throws {
        try await Bench.with { bench in
            let machine = bench.environment(
                ["AZURE_POD_IDENTITY_AUTHORITY_HOST": bench.azure.url],
                isSignedIn: false
            )
            let token = try await bench.chain(machine).token(for: bench.scope)
            #expect(token.expires == 4_102_444_800)
            #expect(bench.azure.requests.last?.headers["metadata"] == "true")
            #expect(bench.azure.requests.last?.query["client_id"] == nil)

            let app = bench.environment([
                "IDENTITY_ENDPOINT": bench.azure.url + "/msi/token", "IDENTITY_HEADER": "app-header",
            ])
            _ = try await bench.chain(app).token(for: bench.scope)
            #expect(bench.azure.requests.last?.headers["x-identity-header"] == "app-header")
            #expect(bench.azure.requests.last?.query["client_id"] == AzureTestbed.clientID)
        }
    }

    @Test(
        "what another cloud answers at the metadata's address is no refusal: the next credential is tried",
        arguments: [(401, "<html>Unauthorized</html>"), (404, "not found"), (200, "<html/>"), (403, #"{"code": 7}"#)]
    )
    func otherClouds(status: Int, text: String) async throws {
        try await Bench.with { bench in
            var faults = Faults()
            faults.metadata = (status, text)
            bench.azure.set(faults)
            _ = try bench.write(
                "az",
                "#!/bin/sh\necho '{\"accessToken\": \"cli\", \"expires_on\": 4102444800}'\n",
                isProgram: true
            )
            let environment = bench.environment(
                ["AZURE_POD_IDENTITY_AUTHORITY_HOST": bench.azure.url, "PATH": "\(bench.folder):/usr/bin:/bin"],
                isSignedIn: false
            )
            #expect(try await bench.chain(environment).token(for: bench.scope).value == "cli")
        }
    }

    @Test("Azure CLI gives its token, and the subscription that it is set to")
    func commandLine() async throws {
        try await Bench.with { bench in
            let script = """
                #!/bin/sh
                test "$1 $2 $3 $4" = "account get-access-token --output json" || exit 2
                test -z "$AZURE_CLIENT_SECRET" || exit 3
                echo '{"accessToken": "cli-token", "expires_on": 4102444800, "subscription": "sub", "tenant": "t"}'
                """
            _ = try bench.write("az", script, isProgram: true)
            let environment = bench.environment(["PATH": bench.folder], isSignedIn: false)
            let token = try await bench.chain(environment).token(for: bench.scope)
            #expect(token.value == "cli-token")
            #expect(token.subscription == "sub")
        }
    }

    @Test("whoever is not signed in to Azure CLI is told to")
    func signedOut() async throws {
        try await Bench.with { bench in
            let script = "#!/bin/sh\necho \"ERROR: Please run 'az login' to setup account.\" >&2\nexit 1\n"
            _ = try bench.write("az", script, isProgram: true)
            let environment = bench.environment(
                ["PATH": bench.folder, "AZURE_TOKEN_CREDENTIALS": "dev"],
                isSignedIn: false
            )
            let error = await failure { _ = try await bench.chain(environment).token(for: bench.scope) }
            #expect(error?.code == .unauthenticated)
            #expect(error?.hint.contains("az login") == true)
            #expect(error?.cause?.contains("AzureCliCredential") == true)
        }
    }

    @Test("without any credential the error names each that was tried and what to do")
    func nothing() async throws {
        try await Bench.with { bench in
            let environment = bench.environment(["PATH": bench.folder], isSignedIn: false)
            let error = await failure { _ = try await bench.chain(environment).token(for: bench.scope) }
            #expect(error?.code == .unauthenticated)
            for name in ["Environment", "WorkloadIdentity", "ManagedIdentity", "AzureCli"] {
                #expect(error?.cause?.contains("\(name)Credential") == true, "\(name)")
            }
        }
    }

    @Test("AZURE_TOKEN_CREDENTIALS chooses, and a word that is not known is an error")
    func chosen() async throws {
        try await Bench.with { bench in
            let wrong = bench.environment(["AZURE_TOKEN_CREDENTIALS": "everything"])
            #expect(throws: MegaraptorError.self) { try bench.chain(wrong) }
            let one = bench.environment(["AZURE_TOKEN_CREDENTIALS": "EnvironmentCredential"])
            let names = try bench.chain(one).credentials.map(\.name)
            #expect(names == ["EnvironmentCredential"])
            let prod = bench.environment(["AZURE_TOKEN_CREDENTIALS": "prod"])
            let count = try bench.chain(prod).credentials.count
            #expect(count == 3)
        }
    }

    @Test("clouds have their own addresses; without TLS only this machine is asked")
    func clouds() throws {
        #expect(try AzureCloud(named: nil) == .azurePublic)
        let china = try AzureCloud(named: "AzureChina")
        #expect(china.authority == "https://login.chinacloudapi.cn")
        #expect(china.vaultSuffix == "vault.azure.cn")
        #expect(china.scope == "https://management.chinacloudapi.cn//.default")
        #expect(throws: MegaraptorError.self) { try AzureCloud(named: "AzureMoon") }
        for address in [
            "http://login.example.org", "http://127.example.org", "http://localhost.example.org",
            "http://127.0.0.1@example.org", "ftp://127.0.0.1", "",
        ] {
            #expect(throws: MegaraptorError.self, "\(address)") { try AzureCloud(named: nil, authority: address) }
        }
        for address in ["http://127.0.0.1:80/", "http://[::1]:80", "http://localhost:1", "https://login.example.org"] {
            #expect(throws: Never.self, "\(address)") { try AzureCloud(named: nil, authority: address) }
        }
        #expect(try AzureCloud(named: nil, authority: "login.example.org").authority == "https://login.example.org")
    }
}

// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import Testing

@testable import AWSClient

@Suite("Files, regions and endpoints")
struct SettingsTests {
    @Test("the files of the AWS tools: sections, comments, settings within settings, both files together")
    func files() {
        let profiles = SharedProfiles(
            config: """
                # a comment
                [default]
                region=eu-west-1 ; and another
                [ profile  main ]
                REGION = eu-central-1
                aws_secret_access_key = from#config
                services = local
                s3 =
                    endpoint_url = http://nested
                [services local]
                ec2 =
                  endpoint_url = http://localhost:1
                secrets_manager =
                  endpoint_url = http://localhost:2
                [main]
                region = nowhere
                [sso-session team]
                sso_region = eu-west-2
                no setting here
                [unclosed
                region = lost
                """,
            credentials: "[main]\r\naws_secret_access_key = a/b+c==\r\n[only]\naws_access_key_id = K\n"
        )
        #expect(profiles.profile("default") == ["region": "eu-west-1"])
        #expect(profiles.profile("main")?["region"] == "eu-central-1")
        #expect(profiles.profile("main")?["aws_secret_access_key"] == "a/b+c==")
        #expect(profiles.profile("main")?["endpoint_url"] == nil)
        #expect(profiles.profile("only") == ["aws_access_key_id": "K"])
        #expect(profiles.session("team")?["sso_region"] == "eu-west-2")
        #expect(profiles.serviceSetting("ec2.endpoint_url", of: "main") == "http://localhost:1")
        #expect(profiles.serviceSetting("secrets_manager.endpoint_url", of: "main") == "http://localhost:2")
        #expect(profiles.names == ["default", "main", "only"])
    }

    @Test("the region: given, then AWS_REGION, AWS_DEFAULT_REGION and the profile's")
    func region() throws {
        let home = try Home(config: "[default]\nregion = eu-west-1\n")
        var variables: [String: String] = [:]
        #expect(try home.settings().region()?.name == "eu-west-1")
        variables["AWS_DEFAULT_REGION"] = "eu-west-2"
        #expect(try home.settings(variables).region()?.name == "eu-west-2")
        variables["AWS_REGION"] = "eu-west-3"
        #expect(try home.settings(variables).region()?.name == "eu-west-3")
        #expect(try home.settings(region: "eu-north-1", variables).region()?.name == "eu-north-1")
        #expect(try Home().settings().region() == nil)
    }

    @Test(
        "a region becomes a part of a host's name, so it is nothing else",
        arguments: ["", "a.b", "x/", "EU-1", "-a"]
    )
    func badRegion(_ name: String) {
        let error = #expect(throws: MegaraptorError.self) { try AWSRegion(name) }
        #expect(error?.code == .invalidArgument)
    }

    @Test(
        "each partition has its own hosts",
        arguments: [
            ("eu-central-1", "aws", "https://ec2.eu-central-1.amazonaws.com"),
            ("cn-north-1", "aws-cn", "https://ec2.cn-north-1.amazonaws.com.cn"),
            ("us-gov-west-1", "aws-us-gov", "https://ec2.us-gov-west-1.amazonaws.com"),
        ]
    )
    func partitions(_ name: String, _ partition: String, _ url: String) throws {
        let region = try AWSRegion(name)
        #expect(region.partition == partition)
        #expect(try AWSEndpoint.regional(.ec2, region).url == url)
    }

    @Test("endpoints in the order that AWS documents, and the wish to ignore them")
    func endpoints() throws {
        let config = """
            [default]
            endpoint_url = https://profile
            services = local
            [services local]
            secrets_manager =
              endpoint_url = https://profile-service
            """
        let home = try Home(config: config)
        let region = try AWSRegion("eu-west-1")
        var variables: [String: String] = [:]
        func url(_ service: AWSService = .secretsManager, given: String? = nil) throws -> String {
            try home.settings(endpoint: given, variables).endpoint(service, in: region).url
        }
        #expect(try url(.ec2) == "https://profile")
        #expect(try url() == "https://profile-service")
        variables["AWS_ENDPOINT_URL"] = "https://all"
        #expect(try url() == "https://all")
        variables["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = "https://service/"
        #expect(try url() == "https://service")
        #expect(try url(given: "https://given:8443/base") == "https://given:8443/base")
        variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "TRUE"
        #expect(try url() == "https://secretsmanager.eu-west-1.amazonaws.com")
    }

    @Test(
        "without TLS only this machine is an endpoint",
        arguments: [
            "http://example.org", "http://127.0.0.1.example.org", "ftp://x", "nothing", "https://user@host",
            "https://host?x=1", "http://1270.0.0.1",
        ]
    )
    func badEndpoint(_ url: String) {
        let error = #expect(throws: MegaraptorError.self) { try AWSEndpoint(url) }
        #expect(error?.code == .invalidArgument)
    }

    @Test("the host is signed as it is sent: without the scheme's own port")
    func hosts() throws {
        #expect(try AWSEndpoint("https://host:443").host == "host")
        #expect(try AWSEndpoint("http://localhost:80/a").host == "localhost")
        #expect(try AWSEndpoint("http://[::1]:5000").host == "[::1]:5000")
    }
}

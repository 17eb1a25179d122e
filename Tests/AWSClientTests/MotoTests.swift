// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import JSONValue
import MegaraptorErrors
import Testing
import XMLReading

@testable import AWSClient

@Suite("Against a real server of another's making", .timeLimit(.minutes(5)))
struct MotoTests {
    @Test("STS, EC2, CloudFormation, SSM and Secrets Manager understand the calls and are understood")
    func services() async throws {
        let moto = try await MotoServer()
        defer { moto.end() }
        let variables = ["AWS_ACCESS_KEY_ID": "AKIDTEST", "AWS_SECRET_ACCESS_KEY": "secret"]
        let settings = try Home().settings(region: "eu-central-1", endpoint: moto.url, variables)
        let client = try await AWSClient(settings)
        #expect(try await client.credentialsSource() == "the environment")

        let identity = try await client.query(.sts, "GetCallerIdentity", [:], .safe)
        #expect(identity["GetCallerIdentityResult"]?.text("Account") == "123456789012")
        let regions = try await client.query(.ec2, "DescribeRegions", [:], .safe).list("regionInfo")
        #expect(regions.contains { $0.text("regionName") == "eu-central-1" })

        let made = try await client.json(
            .secretsManager,
            "CreateSecret",
            ["Name": "a/b", "SecretString": "ümläut \" \n", "ClientRequestToken": "12345678901234567890123456789012"],
            .safe
        )
        let read = try await client.json(.secretsManager, "GetSecretValue", ["SecretId": made["ARN"] ?? .null], .safe)
        #expect(read["SecretString"] == "ümläut \" \n")
        _ = try await client.json(.ssm, "PutParameter", ["Name": "/a", "Value": "v", "Type": "String"], .unsafe)
        let parameter = try await client.json(.ssm, "GetParameter", ["Name": "/a"], .safe)
        #expect(parameter["Parameter"]?["Value"] == "v")

        let error = await #expect(throws: MegaraptorError.self) {
            try await client.query(.cloudFormation, "DescribeStacks", ["StackName": "none"], .safe)
        }
        #expect(error?.code == .notFound, "\(String(describing: error))")
        var role: QueryParameters = ["RoleArn": "arn:aws:iam::123456789012:role/x"]
        role.set("RoleSessionName", "s")
        #expect(try await client.query(.sts, "AssumeRole", role, .safe)["AssumeRoleResult"]?["Credentials"] != nil)
    }
}

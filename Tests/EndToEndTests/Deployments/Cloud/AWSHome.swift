// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import Foundation
import JSONValue
import Testing

/// An account of AWS on this machine.
struct AWSHome {
    static let accessKey = "AKIDNEVERSHOWN"
    static let secretKey = "wJalrNeverShownKey"

    let moto: MotoServer
    let cloud: CloudHome

    init() async throws {
        moto = try await MotoServer()
        let url = try #require(URL(string: moto.url))
        let engine = LocalSocket.port(UInt16(try #require(url.port)))
        // The network that every account has: moto can take away again what was made in it.
        let network = try Self.ask(engine, "ec2", "Action=DescribeSubnets&Version=2016-11-15")
        let subnet = try #require(network.firstMatch(of: #/<subnetId>(subnet-[0-9a-f]+)</#)?.1)
        let vpc = try #require(network.firstMatch(of: #/<vpcId>(vpc-[0-9a-f]+)</#)?.1)
        cloud = CloudHome(
            folder: try ScratchFolder(),
            gate: try RequestGate(to: engine, words: \.awsWords),
            account: { gate in
                [
                    "AWS_ACCESS_KEY_ID": Self.accessKey, "AWS_SECRET_ACCESS_KEY": Self.secretKey,
                    "AWS_ENDPOINT_URL": gate, "AWS_EC2_METADATA_DISABLED": "true",
                ]
            },
            choices: [
                "cloud_provider": "aws", "region": "us-east-1", "subnet_id": .string(String(subnet)),
                "network_id": .string(String(vpc)),
            ]
        )
        self.engine = engine
    }

    private let engine: LocalSocket

    /// How many stacks there are that have not been deleted.
    func stacks() throws -> Int {
        let answer = try Self.ask(engine, "cloudformation", "Action=DescribeStacks&Version=2010-05-15")
        return answer.matches(of: #/<StackName>/#).count
    }

    /// How many volumes bear the tag of a deployment.
    func volumes(_ id: String) throws -> Int {
        let filter = "Filter.1.Name=tag:org.megaraptor.deployment&Filter.1.Value.1=\(id)"
        let answer = try Self.ask(engine, "ec2", "Action=DescribeVolumes&Version=2016-11-15&\(filter)")
        return answer.matches(of: #/<size>200</#).count
    }

    /// moto takes any signature, and reads from it which service is meant.
    private static func ask(_ engine: LocalSocket, _ service: String, _ form: String) throws -> String {
        let scope = "Credential=x/20260101/us-east-1/\(service)/aws4_request"
        return try engine.post(form, ["Authorization: AWS4-HMAC-SHA256 \(scope), SignedHeaders=host, Signature=x"])
    }
}

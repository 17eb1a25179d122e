// SPDX-License-Identifier: Apache-2.0

import CloudServer
import CloudTestbed
import Foundation
import JSONValue
import Testing
import YAMLSource

@testable import AWSDeployerPlugin

@Suite("The boot script on AWS")
struct BootTests {
    private static let marker = "KEY-MARKER-51bd"
    /// Of nothing.
    private static let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// What CloudFormation makes of the user data, below another root.
    private func script(_ options: JSONObject, _ bench: BootBench, sha256: String) throws -> String {
        let row = TemplateCase(name: "", profile: "standard", architecture: "amd64", options: options)
        let template = try row.template()
        let values = [
            "ProgramVersion": "0.77.2", "DataDiskGiB": "200", "ProgramURL": "https://example.org/p",
            "ProgramSHA256": sha256,
            "ConfigurationSecret": "arn:config", "ConfigurationVersion": "v1", "CertificateSecret": "arn:tls",
            "DataVolume": "vol-1", "Address.AllocationId": "eipalloc-1", "HostedZone": "Z1", "LogGroup": "/log",
            "ServerHostname": "velociraptor.example.org", "AWS::StackName": "stack", "AWS::Region": "us-east-1",
        ]
        let head = values.reduce(template.bootVariables) { $0.replacing("${\($1.key)}", with: $1.value) }
        #expect(!head.contains("${"))
        return head + "\n"
            + template.bootScript.text.replacing("readonly root=''", with: "readonly root='\(bench.root.path)'")
    }

    private func bench() throws -> BootBench {
        let bench = try BootBench()
        try bench.set("program", "")
        for name in ["cfn-signal", "dnf", "amazon-cloudwatch-agent-ctl"] { try bench.setCommand(name, "") }
        try bench.setCommand(
            "aws",
            #"""
            case "$1 $2" in
              'secretsmanager get-secret-value') cat "$STATE/secret" ;;
              'ec2 attach-volume') touch "$STATE/attached" ;;
              'ec2 describe-volumes')
                if [ -e "$STATE/attached" ]; then printf 'in-use\ti-0123456789abcdef0\n'; else printf 'available\tNone\n'; fi ;;
            esac
            """#
        )
        try bench.set("secret", "Frontend: \(Self.marker)\n")
        return bench
    }

    @Test("takes its address and its volume, reads its secret, and signals that the server answers")
    func whole() throws {
        let bench = try bench()
        defer { bench.remove() }
        let outcome = try bench.run(try script([:], bench, sha256: Self.digest))
        #expect(outcome.code == 0, "\(outcome.output)")
        #expect(
            outcome.called("aws ec2 associate-address --allocation-id eipalloc-1 --instance-id i-0123456789abcdef0")
        )
        #expect(outcome.called("aws ec2 attach-volume --volume-id vol-1 --instance-id i-0123456789abcdef0"))
        #expect(outcome.called("aws secretsmanager get-secret-value --secret-id arn:config --version-id v1 "))
        #expect(bench.text("etc/velociraptor/server.config.yaml") == "Frontend: \(Self.marker)\n")
        #expect(
            outcome.calls.last
                == "cfn-signal --exit-code 0 --reason The server answers. --stack stack --resource ServerGroup --region us-east-1"
        )
        #expect(!(outcome.output + outcome.calls.joined()).contains(Self.marker))
        let settings = try JSONValue(json: bench.text("opt/aws/amazon-cloudwatch-agent/etc/megaraptor.json") ?? "")
        #expect(settings.json().contains(#""log_group_name":"/log""#))
    }

    @Test("signals which step failed")
    func failure() throws {
        let bench = try bench()
        defer { bench.remove() }
        let outcome = try bench.run(try script([:], bench, sha256: TemplateCase.digest))
        #expect(outcome.code == 1)
        #expect(
            outcome.calls.last?.hasPrefix("cfn-signal --exit-code 1 --reason The step 'program' failed. The program")
                == true
        )
        #expect(bench.text("usr/local/bin/velociraptor-server") == nil)
    }

    @Test("waits for the volume that the machine before it still has, and gives up in the end")
    func volume() throws {
        let bench = try bench()
        defer { bench.remove() }
        try bench.setCommand("aws", #"[ "$2" != describe-volumes ] || printf 'in-use\ti-other\n'"#)
        let outcome = try bench.run(try script([:], bench, sha256: Self.digest))
        #expect(outcome.calls.filter { $0.hasPrefix("aws ec2 describe-volumes") }.count == 120)
        #expect(!outcome.called("aws ec2 attach-volume") && !outcome.called("mkfs"))
        #expect(outcome.calls.last?.contains("cannot be attached: in-use i-other.") == true)
    }

    @Test("ends well where it replaces a broken machine, whose signal nobody takes")
    func replacement() throws {
        let bench = try bench()
        defer { bench.remove() }
        try bench.setCommand("cfn-signal", "exit 1")
        let outcome = try bench.run(try script([:], bench, sha256: Self.digest))
        #expect(outcome.code == 0)
        #expect(outcome.called("cfn-signal --exit-code 0"))
    }

    @Test("keeps its own record where it has no lasting address")
    func record() throws {
        let bench = try bench()
        defer { bench.remove() }
        let options: JSONObject = ["public_address": false, "dns_zone": "Z0123456789"]
        let outcome = try bench.run(try script(options, bench, sha256: Self.digest))
        #expect(outcome.code == 0, "\(outcome.output)")
        let call = try #require(outcome.calls.first { $0.hasPrefix("aws route53") })
        let batch = try JSONValue(json: String(call.drop { $0 != "{" }))
        let record = batch["Changes"]?.arrayValue?.first?["ResourceRecordSet"]
        #expect(record?["Name"] == "velociraptor.example.org")
        #expect(record?["ResourceRecords"] == [["Value": "10.92.0.70"]])
        #expect(!outcome.called("aws ec2 associate-address"))
    }

    @Test("is bash, shellcheck finds nothing, and it fits into user data")
    func shellcheck() throws {
        let bench = try bench()
        defer { bench.remove() }
        let text = try script(TemplateCase.everything, bench, sha256: Self.digest)
        let file = bench.folder.appending(path: "boot.sh")
        try Data(text.utf8).write(to: file)
        let (code, output) = try ShellCheck.run(file)
        #expect(code == 0, "\(output)")
        #expect(text.utf8.count < 16_384)
    }
}

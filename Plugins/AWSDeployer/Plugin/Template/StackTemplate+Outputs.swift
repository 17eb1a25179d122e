// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue

extension StackTemplate {
    /// Sorted as people need them. `ServerURL`, `GUIURL` and `APIAddress` can be used at once.
    var outputs: [(key: String, value: JSONValue)] {
        var outputs: [(key: String, value: JSONValue)] = []
        func add(_ key: String, _ about: String, _ value: JSONValue) {
            outputs.append((key, ["Description": .string(about), "Value": value]))
        }
        let (gui, api) = (deployment.gui.port, deployment.api.port)
        if options.hasPublicAddress {
            add("ServerAddress", "Point the server's name here.", Intrinsic.ref("Address"))
        }
        add(
            "ServerURL",
            "What agents connect to.",
            Intrinsic.sub("https://${ServerHostname}:\(deployment.frontend.port)/")
        )
        add(
            "GUIURL",
            shape.isOpen(.gui) ? "The GUI." : "The GUI, while GUIForwarding runs.",
            shape.isOpen(.gui)
                ? Intrinsic.sub("https://${ServerHostname}:\(gui)/app/index.html")
                : .string("https://127.0.0.1:\(gui)/app/index.html")
        )
        add(
            "APIAddress",
            shape.isOpen(.api) ? "The API." : "The API, while APIForwarding runs.",
            shape.isOpen(.api) ? Intrinsic.sub("${ServerHostname}:\(api)") : .string("127.0.0.1:\(api)")
        )
        add("GUIForwarding", "Brings the GUI to this machine, without an open port.", forwarding(gui))
        add("APIForwarding", "Brings the API to this machine, without an open port.", forwarding(api))
        add("Shell", "A shell on the server, without SSH.", session(""))
        add("ServerGroupName", "The group that keeps the machine alive.", Intrinsic.ref("ServerGroup"))
        add("DataVolumeId", "The volume with the evidence.", Intrinsic.ref("DataVolume"))
        add("LogGroupName", "Where the logs are.", Intrinsic.ref("LogGroup"))
        add("RoleArn", "What the machine acts as.", Intrinsic.attribute("ServerRole", "Arn"))
        add("FirewallId", "The security group.", Intrinsic.attribute("Firewall", "GroupId"))
        add("ConfigurationSecretArn", "Where the configuration lies.", Intrinsic.ref("ConfigurationSecret"))
        return outputs
    }

    private func forwarding(_ port: Int) -> JSONValue {
        session(
            " --document-name AWS-StartPortForwardingSession --parameters portNumber=\(port),localPortNumber=\(port)"
        )
    }

    /// The machine changes, so the command looks it up.
    private func session(_ rest: String) -> JSONValue {
        Intrinsic.sub(
            "aws ssm start-session --region ${AWS::Region} --target \"$(aws autoscaling describe-auto-scaling-groups"
                + " --region ${AWS::Region} --auto-scaling-group-names ${ServerGroup}"
                + " --query 'AutoScalingGroups[0].Instances[0].InstanceId' --output text)\"" + rest
        )
    }
}

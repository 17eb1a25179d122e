// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue

extension DeploymentTemplate {
    /// `serverUrl`, `guiUrl` and `apiAddress` can be used at once.
    var outputs: [TemplateOutput] {
        let (gui, api) = (deployment.gui.port, deployment.api.port)
        let host = "parameters('serverHostname')"
        return [
            TemplateOutput(
                "serverAddress",
                "Point the server's name here.",
                options.hasPublicAddress ? publicAddress : privateAddress
            ),
            TemplateOutput(
                "serverUrl",
                "What agents connect to.",
                "format('https://{0}:\(deployment.frontend.port)/', \(host))"
            ),
            TemplateOutput(
                "guiUrl",
                shape.isOpen(.gui) ? "The GUI." : "The GUI, while guiForwarding runs.",
                "format('https://{0}:\(gui)/app/index.html', \(shape.isOpen(.gui) ? host : "'127.0.0.1'"))"
            ),
            TemplateOutput(
                "apiAddress",
                shape.isOpen(.api) ? "The API." : "The API, while apiForwarding runs.",
                "format('{0}:\(api)', \(shape.isOpen(.api) ? host : "'127.0.0.1'"))"
            ),
            TemplateOutput("guiForwarding", "Brings the GUI to this machine, where SSH is open.", forwarding(gui)),
            TemplateOutput("apiForwarding", "Brings the API to this machine, where SSH is open.", forwarding(api)),
            TemplateOutput("machineId", "The machine.", machineID),
            TemplateOutput("dataDiskId", "The disk with the evidence.", diskID),
            TemplateOutput(
                "configurationSecretUri",
                "Where this version of the configuration lies.",
                "reference(\(secretID), '2023-07-01').secretUriWithVersion"
            ),
            TemplateOutput(
                "workspaceId",
                "Where the logs are.",
                "resourceId('Microsoft.OperationalInsights/workspaces', '\(name)')"
            ),
            TemplateOutput("firewallId", "The network security group.", firewallID),
        ]
    }

    private func forwarding(_ port: Int) -> String {
        "format('ssh -N -L \(port):127.0.0.1:\(port) \(Self.administrator)@{0}',"
            + " \(options.hasPublicAddress ? publicAddress : privateAddress))"
    }
}

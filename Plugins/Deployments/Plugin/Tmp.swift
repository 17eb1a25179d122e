import DeployerKit
import DeploymentKit
import MegaraptorErrors
import MegaraptorPluginKit

extension Validation {
    func networkChecks(_ record: DeploymentRecord, _ files: ServerFiles) async throws(MegaraptorError)
        -> [DeploymentCheck]
    { [] }
}
extension DeploymentsPlugin { var programTools: [Tool] { [] } }

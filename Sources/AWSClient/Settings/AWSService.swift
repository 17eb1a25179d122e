// SPDX-License-Identifier: Apache-2.0

/// A service of AWS: how it is reached and spoken to.
public struct AWSService: Sendable, Hashable {
    /// What the host's name begins with, and the name in the credential scope.
    public let name: String
    /// As settings spell it: `secrets_manager`. In capitals it ends the name of `AWS_ENDPOINT_URL_…`.
    let settingName: String
    /// The version of the Query API, or the prefix of `X-Amz-Target`.
    let dialect: String

    public static let cloudFormation = AWSService(
        name: "cloudformation",
        settingName: "cloudformation",
        dialect: "2010-05-15"
    )
    public static let ec2 = AWSService(name: "ec2", settingName: "ec2", dialect: "2016-11-15")
    public static let sts = AWSService(name: "sts", settingName: "sts", dialect: "2011-06-15")
    public static let ssm = AWSService(name: "ssm", settingName: "ssm", dialect: "AmazonSSM")
    public static let secretsManager = AWSService(
        name: "secretsmanager",
        settingName: "secrets_manager",
        dialect: "secretsmanager"
    )
    public static let logs = AWSService(name: "logs", settingName: "cloudwatch_logs", dialect: "Logs_20140328")
    /// Gives credentials for a sign-in in the browser; speaks plain REST.
    static let sso = AWSService(name: "portal.sso", settingName: "sso", dialect: "")
}

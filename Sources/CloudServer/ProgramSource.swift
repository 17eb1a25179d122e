// SPDX-License-Identifier: Apache-2.0

public import DeployerKit
public import MegaraptorErrors

/// Where the machine gets the server program from, and how it knows that it got the right one.
public struct ProgramSource: Sendable, Hashable {
    public let url: String

    /// What a URL may be. It stands in templates, user data and exports, so that there is no room for a password before
    /// the host, or for a signature in a query.
    public static let urlPattern = "^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9._~/!&()*+,;=%-]+$"

    /// 64 lower-case hexadecimal digits.
    public let sha256: String
    public let version: String
    public let architecture: MachineSize.Architecture

    /// What the options say; what they leave out is that of the deployment's own program file.
    ///
    /// Without a URL it is the vendor's release of that version: the static build for amd64.
    ///
    /// - Throws: `failedPrecondition` where neither says version and checksum.
    public init(_ deployment: DeploymentSpecification, _ options: CloudOptions) throws(MegaraptorError) {
        guard let version = options.programVersion ?? deployment.binary?.version,
            let sha256 = options.programSHA256 ?? deployment.binary?.sha256
        else {
            throw MegaraptorError(
                .failedPrecondition,
                "It is not known which server program the machine is to fetch.",
                hint: "Give program_version and program_sha256, or a binary that download_velociraptor stored."
            )
        }
        let architecture = options.programArchitecture ?? deployment.binary?.architecture ?? "amd64"
        guard let known = MachineSize.Architecture(rawValue: architecture) else {
            throw MegaraptorError(
                .invalidArgument,
                "The server program is made for \(architecture), which no machine of a cloud runs.",
                hint: "Take one for amd64 or arm64 on Linux."
            )
        }
        self.version = version
        self.sha256 = sha256.lowercased()
        self.architecture = known
        if let url = options.programURL {
            self.url = url
        } else {
            self.url = try Self.release(version, known)
        }
    }

    /// The vendor's file. Up to 0.76 all patches of a series lie in one release.
    private static func release(
        _ version: String,
        _ architecture: MachineSize.Architecture
    ) throws(MegaraptorError) -> String {
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3 else {
            throw MegaraptorError(
                .failedPrecondition,
                "The vendor's release of the program \"\(version)\" is not known.",
                hint: "Give program_url."
            )
        }
        let tag = (numbers[0], numbers[1]) >= (0, 77) ? version : "\(numbers[0]).\(numbers[1])"
        let platform = architecture == .amd64 ? "linux-amd64-musl" : "linux-arm64"
        return
            "https://github.com/Velocidex/velociraptor/releases/download/v\(tag)/velociraptor-v\(version)-\(platform)"
    }
}

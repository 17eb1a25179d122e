// SPDX-License-Identifier: Apache-2.0

import Glibc
internal import JSONValue
internal import MegaraptorErrors

/// Where the API client file of a deployment lies: `<data>/deployments/<id>/api_client.yaml`.
///
/// Nothing but a plain file in a plain folder is opened, so that an id never leads anywhere else.
struct DeploymentPlace: Sendable, Hashable {
    /// What an id looks like, as a schema has it.
    static let pattern = "^vr-[0-9a-f]{12}$"

    let id: String
    /// The folder of all deployments, an absolute path.
    let deployments: String

    private static let fileName = "api_client.yaml"

    private var folder: String { "\(deployments)/\(id)" }
    var file: String { "\(folder)/\(Self.fileName)" }

    /// - Parameter paths: the host's folders.
    /// - Throws: `invalid_argument` for what is no id, `unsupported` where the host keeps no deployments.
    init(_ id: String, in paths: JSONValue) throws(MegaraptorError) {
        guard Self.isID(id) else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(VisibleText.escape(String(id.prefix(80))))\" is not a deployment's id.",
                hint: "An id is vr- and twelve hexadecimal digits, such as vr-0123456789ab. \(Self.way)"
            )
        }
        guard let data = paths["data"]?.stringValue, data.hasPrefix("/") else {
            throw MegaraptorError(
                .unsupported,
                "This host keeps no deployments: it names no folder for its data.",
                hint: "Leave connection out, and name the API client file by api_config."
            )
        }
        self.id = id
        deployments = "\(data)/deployments"
    }

    private static func isID(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst(3)
        return text.hasPrefix("vr-") && digits.count == 12
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static let way = "list_deployments tells those that there are."

    /// - Throws: `not_found` where there is no such deployment, `failed_precondition` where it has no file yet.
    func check() throws(MegaraptorError) {
        close(try descriptor())
    }

    /// The file's text.
    func text() throws(MegaraptorError) -> String {
        let descriptor = try descriptor()
        defer { close(descriptor) }
        return try ConfigurationFiles.text(of: descriptor, file)
    }

    /// Of the file, open for reading.
    private func descriptor() throws(MegaraptorError) -> Int32 {
        let opened = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard opened >= 0 else { throw noFolder(errno) }
        defer { close(opened) }
        let descriptor = openat(opened, Self.fileName, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw noFile(errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw foreign(file, "a plain file")
        }
        return descriptor
    }

    private func noFolder(_ code: Int32) -> MegaraptorError {
        switch code {
        case ENOENT:
            MegaraptorError(
                .notFound,
                "There is no deployment \(id): \(deployments) holds no folder of that name.",
                hint: Self.way
            )
        case ENOTDIR, ELOOP: foreign(folder, "a plain folder")
        default: ConfigurationFiles.unreadable(folder, code)
        }
    }

    private func noFile(_ code: Int32) -> MegaraptorError {
        switch code {
        case ENOENT:
            MegaraptorError(
                .failedPrecondition,
                "The deployment \(id) is not finished: it has no API client file yet (\(file)).",
                hint: "Finish it first; get_deployment_status tells how far it is."
            )
        case ELOOP: foreign(file, "a plain file")
        default: ConfigurationFiles.unreadable(file, code)
        }
    }

    private func foreign(_ path: String, _ expected: String) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "\(path) is not \(expected), as those of deployments are.",
            hint: "Nothing was read. A symbolic link is not followed there: put back what the deployment made."
        )
    }
}

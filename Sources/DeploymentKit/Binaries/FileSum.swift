// SPDX-License-Identifier: Apache-2.0

internal import BlockingCalls
public import MegaraptorErrors

/// Size and sum of a file of any kind.
public struct FileSum: Sendable, Hashable {
    public let size: Int64
    /// Lower-case hexadecimal digits.
    public let sha256: String

    /// Reads the whole file, beside the threads that serve requests.
    ///
    /// - Throws: `not_found`, and `failed_precondition` for one that cannot be read.
    public init(_ path: String) async throws(MegaraptorError) {
        let file = try await BlockingWork.run { () throws(MegaraptorError) in try ProgramFile(path) }
        guard let file else { throw MegaraptorError(.notFound, "There is no file \(path).") }
        size = file.size
        sha256 = file.sha256
    }
}

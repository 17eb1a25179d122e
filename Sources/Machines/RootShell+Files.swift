// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import JSONValue
package import MegaraptorErrors
internal import SSHTransport

extension RootShell {
    /// Puts bytes in place at one blow. They travel by standard input: a configuration holds keys.
    ///
    /// - Parameter owner: `user:group`.
    package func put(_ bytes: [UInt8], at path: String, owner: String, mode: String) async throws(MegaraptorError) {
        let digest = Hexadecimal.encode(try SHA256.digest(bytes))
        let script = try placing("cat", path, owner: owner, mode: mode, digest: digest)
        try await run("writing \(path)", Script(script, input: bytes))
    }

    /// Puts a file of this machine in place there.
    ///
    /// - Parameter sha256: what it must hash to, here and there.
    package func put(
        file: String,
        sha256: String,
        at path: String,
        owner: String,
        mode: String,
        progress: @escaping Progress
    ) async throws(MegaraptorError) {
        try await sweep(Self.folder(of: path))
        let staged = try await machine.stage(file, near: Self.folder(of: path), tag: tag, progress: progress)
        do throws(MegaraptorError) {
            guard staged.sha256 == sha256 else {
                throw MegaraptorError(
                    .failedPrecondition,
                    "\(file) has the SHA-256 \(staged.sha256), not \(sha256) as it was planned. Nothing was put in place.",
                    hint: "Get the program anew, and plan again."
                )
            }
            let source = "cat < \(try ShellWord.quoted(staged.path))"
            let script = try placing(source, path, owner: owner, mode: mode, digest: sha256)
            try await run("writing \(path)", Script(script, timeLimit: .seconds(600)))
        } catch {
            await discard(staged)
            throw error
        }
        await discard(staged)
    }

    /// Removes what a broken connection left on the way to a folder.
    package func sweep(_ folder: String) async throws(MegaraptorError) {
        try await machine.sweep(tag)
        let left = "\(try ShellWord.quoted(folder))/\(try ShellWord.quoted(tag))*"
        try await run("removing what an upload left", Script("rm -f -- \(left)"))
    }

    package static func folder(of path: String) -> String {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Where a file is written before it takes its place.
    package static func draft(_ path: String) -> String { "\(path).part" }

    private func placing(
        _ source: String,
        _ path: String,
        owner: String,
        mode: String,
        digest: String
    ) throws(MegaraptorError) -> String {
        """
        set -e
        t=\(try ShellWord.quoted(Self.draft(path)))
        trap 'rm -f "$t"' EXIT
        rm -f "$t"
        \(source) > "$t"
        \(Script.sum)
        if [ "$(sum < "$t")" != \(digest) ]; then echo 'what arrived differs from what was sent' >&2; exit 65; fi
        chown \(try ShellWord.quoted(owner)) "$t"
        chmod \(mode) "$t"
        sync "$t" 2>/dev/null || sync
        mv -f "$t" \(try ShellWord.quoted(path))
        """
    }

    private func discard(_ staged: Staged) async {
        guard staged.isTemporary else { return }
        do {
            _ = try await machine.run(Script("rm -f \(try ShellWord.quoted(staged.path))"))
        } catch {
            // The upload itself is what counts; a file left over is removed by the next step.
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `megaraptor-lab image`
struct MakeImage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Write the root file system in which this program runs, as a tar archive.",
        discussion: """
            It holds the shared libraries that this program needs, each where it lies on this machine, their \
            loader, /tmp and a few files of /etc; not the program itself. A container engine makes an image of it \
            (podman import FILE NAME), on which the docker deployer then builds, with this program as the server's.
            The container needs /proc, which engines mount by themselves.
            """
    )

    @Option(name: .long, help: "The archive to write. A file of this name is replaced.")
    var output: String

    func run() throws {
        let base = try RootSkeleton()
        defer { base.remove() }
        let libraries = try NeededLibraries.paths(scratch: "\(base.path)/libraries")
        // Members are named without the leading slash, and links are followed: an image has no need of them. The same
        // files give the same archive.
        let words =
            [
                "tar", "--create", "--file", output, "--force-local", "--dereference", "--numeric-owner", "--owner=0",
                "--group=0", "--mtime=@0", "--format=gnu", "--directory", "/",
            ] + libraries.map { String($0.dropFirst()) } + ["--directory", base.path] + RootSkeleton.members
        let status = try ChildProgram.run(words)
        guard status == 0 else { throw ValidationError("tar ended with status \(status).") }
    }
}

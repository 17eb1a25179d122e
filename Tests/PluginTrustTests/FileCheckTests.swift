// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import Testing

@testable import PluginTrust

@Suite("Files of plugins")
struct FileCheckTests {
    private let scratch: ScratchFolder
    private let library: String
    private let check = FileCheck(writers: TrustedWriters())

    init() throws {
        scratch = try ScratchFolder()
        try scratch.makeFolder("plugin")
        library = try scratch.write("code", to: "plugin/libX.so")
    }

    /// What makes the library of a plugin unsafe, as a shell does it. `$F` is the folder, `$L` the library.
    private static let spoilers: [(cause: FileFault.Cause, script: String)] = [
        (.missing, "rm $L"),
        (.link, "mv $L $F/elsewhere.so; ln -s ../elsewhere.so $L"),
        (.type, "rm $L; mkdir $L"),
        (.type, "rm $L; mkfifo $L"),
        (.owner, "chown 4711 $L"),
        (.writable, "chmod 664 $L"),
        (.writable, "chmod 666 $L"),
        (.privileged, "chmod 4755 $L"),
        (.parentOwner, "chown 4711 $F/plugin"),
        (.parentWritable, "chmod 775 $F/plugin"),
        (.parentWritable, "chmod 1777 $F/plugin"),
        (.suffix, "mv $L $F/plugin/libX.dll"),
    ]

    private func run(_ script: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-ec", "F='\(scratch.path)'; L='\(library)'; \(script)"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(script)")
    }

    private func faults(after cause: FileFault.Cause) -> [FileFault] {
        let path = cause == .suffix ? "\(scratch.path)/plugin/libX.dll" : library
        return check.faults(of: path, suffix: ".so")
    }

    @Test("A file that only this user can change is safe")
    func safe() {
        #expect(check.faults(of: library, suffix: ".so") == [])
    }

    @Test("Each cause has its message and its command, in the agreed words", .enabled(if: geteuid() == 0))
    func golden() throws {
        var text = ""
        for (cause, script) in Self.spoilers {
            try run("rm -rf $F/*; mkdir -m 755 $F/plugin; echo code >$L; chmod 644 $L; \(script)")
            let found = faults(after: cause)
            #expect(found.map(\.cause) == [cause], "\(script)")
            for fault in found { text += "\(fault.cause.rawValue)\n  \(fault.message)\n  \(fault.command)\n" }
        }
        text = text.replacing(scratch.path, with: "FOLDER")
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "file-faults.golden.txt")
        if ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "run with MEGARAPTOR_UPDATE_GOLDEN=1 and look")
    }

    @Test(
        "The command mends what it stands for",
        .enabled(if: geteuid() == 0),
        arguments: spoilers.filter { $0.cause != .missing }
    )
    func mended(cause: FileFault.Cause, script: String) throws {
        try run(script)
        let fault = try #require(faults(after: cause).first)
        try run(fault.command)
        #expect(!faults(after: cause).contains { $0.cause == cause })
    }

    @Test("All that is wrong is told at once")
    func several() throws {
        try run("chmod 777 $F $F/plugin; chmod 666 $L")
        let found = check.faults(of: library, suffix: ".so")
        #expect(found.map(\.cause) == [.writable, .parentWritable, .parentWritable])
        #expect(found.map(\.path) == [library, "\(scratch.path)/plugin", scratch.path])
        let error = try #require(FileFault.error(found))
        #expect(error.code == .permissionDenied)
        #expect(error.hint.split(separator: " && ").count == 3)
    }

    @Test("Below a folder like /tmp a file is safe, but not in it")
    func sticky() throws {
        try run("chmod 1777 $F")
        #expect(check.faults(of: library) == [])
        try run("chmod 1777 $F/plugin")
        #expect(check.faults(of: library).map(\.cause) == [.parentWritable])
    }

    @Test("A folder above that others can change is found behind links, and so is a link's own folder")
    func links() throws {
        try run("mkdir -m 777 $F/open; mv $F/plugin $F/open/; ln -s open/plugin $F/plugin")
        #expect(check.faults(of: library).map(\.path) == ["\(scratch.path)/open"])
        try run("chmod 755 $F/open; mkdir -m 777 $F/links; mv $F/plugin $F/moved; rm $F/moved")
        try run("ln -s $F/open/plugin $F/links/second; ln -s links/second $F/plugin")
        #expect(check.faults(of: library).map(\.path) == ["\(scratch.path)/links"])
    }

    @Test("Links that lead in a circle end the walk")
    func circle() throws {
        try run("ln -s b $F/a; ln -s a $F/b")
        #expect(check.faults(of: "\(scratch.path)/a/libX.so").map(\.cause) == [.missing])
        #expect(FolderWalk.steps(to: "\(scratch.path)/a").count < 20)
    }

    @Test("The owner of the host's program, and a group that may change it, may change what is bundled")
    func bundled() throws {
        try run("chmod 775 $F $F/plugin; chmod 664 $L; echo >$F/program; chmod 755 $F/program")
        let group = try #require(FileStatus(library, followsLinks: false)).group
        let bundled = FileCheck(writers: TrustedWriters(besides: "\(scratch.path)/program"))
        #expect(bundled.writers.groups == [group])
        #expect(bundled.faults(of: library) == [])
        #expect(check.faults(of: library).count == 3)
        try run("chmod 666 $L")
        #expect(bundled.faults(of: library).map(\.cause) == [.writable])
    }

    @Test(
        "A path is one word for a shell",
        arguments: [
            ("/usr/lib/x-1.0/libX.so", "/usr/lib/x-1.0/libX.so"), ("/a b", "'/a b'"), ("/it's", #"'/it'\''s'"#),
            ("/$(reboot)", "'/$(reboot)'"), ("/a;b", "'/a;b'"), ("", "''"), ("/ä", "'/ä'"), ("/a\nb", "'/a\nb'"),
        ]
    )
    func quoting(path: String, word: String) {
        #expect(ShellPath.quoted(path) == word)
    }
}

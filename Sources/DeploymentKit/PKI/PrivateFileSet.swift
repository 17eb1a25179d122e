// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors
internal import SystemPackage
internal import WholeFiles

/// Private files of one folder that change together or not at all.
///
/// All drafts are on the disk before a list of them is; once the list is there, the change counts. Whoever opens the folder
/// next finishes what was interrupted after that, and clears away what was interrupted before.
struct PrivateFileSet {
    let folder: String

    private static let listName = "change.list"
    private static let draftEnd = ".draft"
    private static let greatestFile = 1 << 20

    private func path(_ name: String) -> String { folder + "/" + name }

    /// - Parameter isOptional: which other files go.
    func replace(
        _ files: [(name: String, text: String)],
        removingOthersThat isOptional: (String) -> Bool
    ) throws(MegaraptorError) {
        try PrivateFile.makeFolder(FilePath(folder))
        _ = try PrivateFile.checkFolder(folder)
        try locked { () throws(MegaraptorError) in
            try settle()
            for file in files {
                try PrivateFile.replace(path(file.name) + Self.draftEnd, with: Array(file.text.utf8))
            }
            let new = files.map(\.name)
            let gone = try names().filter { isOptional($0) && !new.contains($0) }
            let lines = new.map { "put \($0)\n" } + gone.map { "drop \($0)\n" }
            try PrivateFile.replace(path(Self.listName), with: Array(lines.joined().utf8))
            try settle()
        }
    }

    /// Reads while nobody changes the files, after finishing what was interrupted.
    ///
    /// - Parameter body: gets the files' names, none where there is no folder.
    func reading<Answer>(_ body: ([String]) throws(MegaraptorError) -> Answer) throws(MegaraptorError) -> Answer {
        guard access(folder, F_OK) == 0 else { return try body([]) }
        return try locked { () throws(MegaraptorError) in
            try settle()
            return try body(try names())
        }
    }

    /// Finishes a change that was decided, or clears away one that was not.
    private func settle() throws(MegaraptorError) {
        let names = try names()
        if let list = try text(Self.listName) {
            for line in list.split(separator: "\n") { try apply(line, there: names) }
            unlink(path(Self.listName))
        } else {
            for name in names where name.hasSuffix(Self.draftEnd) { unlink(path(name)) }
        }
    }

    private func apply(_ line: Substring, there names: [String]) throws(MegaraptorError) {
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, !parts[1].contains("/") else {
            throw MegaraptorError(.failedPrecondition, "\(path(Self.listName)) is damaged.")
        }
        let name = String(parts[1])
        if parts[0] == "drop" {
            unlink(path(name))
        } else if names.contains(name + Self.draftEnd) {
            // A draft that is missing was moved before the interruption.
            try PrivateFile.move(path(name) + Self.draftEnd, to: path(name))
        }
    }

    /// The text of a file; `nil` where there is none.
    func text(_ name: String) throws(MegaraptorError) -> String? {
        try PrivateFile.read(path(name), limit: Self.greatestFile).map { String(decoding: $0, as: UTF8.self) }
    }

    private func names() throws(MegaraptorError) -> [String] {
        guard let stream = opendir(folder) else { throw failure("read") }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private func failure(_ what: String) -> MegaraptorError {
        MegaraptorError(.internal, "\(folder) cannot be \(what).", cause: String(cString: strerror(errno)))
    }

    /// The folder itself is what is locked; a change takes some milliseconds.
    private func locked<Answer>(_ body: () throws(MegaraptorError) -> Answer) throws(MegaraptorError) -> Answer {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("opened") }
        defer { close(descriptor) }
        let end = ContinuousClock.now + .seconds(10)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard ContinuousClock.now < end else {
                throw MegaraptorError(
                    .conflict,
                    "Another process has been using \(folder) for 10 seconds.",
                    hint: "Look for it: fuser '\(folder)'.",
                    retryable: true
                )
            }
            usleep(2000)
        }
        return try body()
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Every folder and every link that decides where a path leads, from the root on.
enum FolderWalk {
    struct Step {
        let path: String
        let status: FileStatus
    }

    /// As many links as the system itself follows.
    private static let mostLinks = 40

    /// What does not exist ends the walk.
    static func steps(to folder: String) -> [Step] {
        var steps: [Step] = []
        var links = 0
        var here = "/"
        var rest = names(in: folder)
        if let root = FileStatus("/", followsLinks: false) { steps.append(Step(path: "/", status: root)) }
        while let name = rest.popLast() {
            if name == ".." {
                here = ShellPath.folder(of: here)
                continue
            }
            let path = here == "/" ? "/\(name)" : "\(here)/\(name)"
            guard let status = FileStatus(path, followsLinks: false) else { break }
            if !steps.contains(where: { $0.path == path }) { steps.append(Step(path: path, status: status)) }
            guard status.isLink else {
                here = path
                continue
            }
            links += 1
            guard links <= mostLinks, let target = target(of: path) else { break }
            if target.hasPrefix("/") { here = "/" }
            rest += names(in: target)
        }
        // The last folder comes last, whichever way led there.
        return steps.filter { $0.path != here } + steps.filter { $0.path == here }
    }

    /// The last one first.
    private static func names(in path: String) -> [String] {
        path.split(separator: "/").filter { $0 != "." }.map(String.init).reversed()
    }

    static func target(of link: String) -> String? {
        var text = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &text, text.count)
        return count > 0 ? String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}

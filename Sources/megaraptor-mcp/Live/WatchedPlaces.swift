// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Folders, each with the names that matter in it.
struct WatchedPlaces: Sendable, Hashable {
    private enum Names: Hashable {
        case all
        case some(Set<String>)
    }

    private var names: [String: Names] = [:]

    var folders: Set<String> { Set(names.keys) }

    func contains(_ name: String, in folder: String) -> Bool {
        switch names[folder] {
        case .all?: true
        case .some(let some)?: some.contains(name)
        case nil: false
        }
    }

    /// Everything in a folder matters.
    mutating func add(folder: String) { names[folder] = .all }

    mutating func add(file: String) {
        guard let cut = file.lastIndex(of: "/") else { return add(String(file), in: ".") }
        let folder = cut == file.startIndex ? "/" : String(file[..<cut])
        add(String(file[file.index(after: cut)...]), in: folder)
    }

    private mutating func add(_ name: String, in folder: String) {
        switch names[folder] {
        case .all?: return
        case .some(let known)?: names[folder] = .some(known.union([name]))
        case nil: names[folder] = .some([name])
        }
    }

    /// The same with each folder that is not there replaced by the nearest above it, where its appearance shows.
    var existing: WatchedPlaces {
        var places = WatchedPlaces()
        for (folder, names) in names {
            var (path, missing): (String, String?) = (folder, nil)
            while path.count > 1, access(path, F_OK) != 0, let cut = path.lastIndex(of: "/") {
                missing = String(path[path.index(after: cut)...])
                path = cut == path.startIndex ? "/" : String(path[..<cut])
            }
            if let missing {
                places.add(missing, in: path)
            } else if case .some(let some) = names {
                for name in some { places.add(name, in: path) }
            } else {
                places.add(folder: path)
            }
        }
        return places
    }
}

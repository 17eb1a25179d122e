// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    static let system: [ArtifactCollector] = [
        ArtifactCollector("Linux.Mounts", on: [.linux]) { _ in
            [
                mount("/dev/vda1", "/", "ext4", ["rw", "relatime", "errors=remount-ro"]),
                mount("proc", "/proc", "proc", ["rw", "nosuid", "nodev", "noexec"]),
                mount("tmpfs", "/dev/shm", "tmpfs", ["rw", "nosuid", "nodev"]),
            ]
        }
    ]

    private static func mount(_ device: String, _ place: String, _ type: String, _ options: [String]) -> JSONObject {
        ["Device": .string(device), "Mount": .string(place), "FSType": .string(type), "Options": .strings(options)]
    }
}

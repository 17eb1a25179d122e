// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// Where a container is not what was planned.
struct Drift {
    let shape: ContainerShape
    /// What the engine tells of the container.
    let found: JSONValue
    /// The id of the image that it should run; `nil` where the engine has none of that name.
    let imageID: String?

    /// One sentence each; empty where all is as planned.
    var sentences: [String] {
        get throws(MegaraptorError) { image + (try program) + limits + restrictions + places }
    }

    private var host: JSONValue? { found["HostConfig"] }
    private var config: JSONValue? { found["Config"] }

    private func differs(_ what: String, _ is: JSONValue?, _ should: JSONValue) -> [String] {
        guard `is` != should else { return [] }
        let now = `is`.map { String(decoding: $0.jsonBytes(), as: UTF8.self) } ?? "nothing"
        return ["\(what) is \(now) instead of \(String(decoding: should.jsonBytes(), as: UTF8.self))."]
    }

    private var image: [String] {
        guard let imageID else { return ["The image \(shape.image) is not in the engine any more."] }
        return differs("The image", found["Image"], .string(imageID))
    }

    private var program: [String] {
        get throws(MegaraptorError) {
            let planned = try shape.body()
            return differs("The entry point", config?["Entrypoint"], planned["Entrypoint"] ?? .null)
                + differs("The command", config?["Cmd"], planned["Cmd"] ?? .null)
                + differs("The user", config?["User"], planned["User"] ?? .null)
        }
    }

    private var limits: [String] {
        differs("The memory limit", host?["Memory"], .integer(shape.memory))
            + differs("The CPU limit", host?["NanoCpus"], .integer(shape.nanoCPUs))
            + differs("The process limit", host?["PidsLimit"], .integer(ContainerShape.processLimit))
            + differs("The restart policy", host?["RestartPolicy"]?["Name"], "unless-stopped")
    }

    private var restrictions: [String] {
        var sentences = differs("The read-only root", host?["ReadonlyRootfs"], true)
        if host?["Privileged"]?.boolValue == true { sentences.append("The container is privileged.") }
        if (host?["CapDrop"]?.arrayValue ?? []).isEmpty { sentences.append("The container keeps capabilities.") }
        if !(host?["CapAdd"]?.arrayValue ?? []).isEmpty { sentences.append("The container has got capabilities.") }
        let options = (host?["SecurityOpt"]?.arrayValue ?? []).compactMap(\.stringValue)
        if !options.contains(where: { $0.hasPrefix("no-new-privileges") }) {
            sentences.append("The container may get new privileges.")
        }
        return sentences
    }

    private var places: [String] {
        var sentences: [String] = []
        let mounts = found["Mounts"]?.arrayValue ?? []
        for volume in shape.names.volumes {
            let isThere = mounts.contains { mount in
                mount["Destination"]?.stringValue == volume.target && mount["Name"]?.stringValue == volume.name
            }
            if !isThere { sentences.append("The volume \(volume.name) is not at \(volume.target).") }
        }
        let known = Set(shape.names.volumes.map(\.target) + ["/tmp"])
        for mount in mounts {
            let target = mount["Destination"]?.stringValue ?? ""
            if !known.contains(target), mount["Type"]?.stringValue != "tmpfs" {
                sentences.append("Something else is mounted at \(target).")
            }
        }
        if shape.options.network == .bridge {
            sentences += differs("The published ports", host?["PortBindings"]?.sorted, shape.ports.bindings.sorted)
        }
        return sentences + differs("The network", host?["NetworkMode"], .string(shape.networkMode))
    }
}

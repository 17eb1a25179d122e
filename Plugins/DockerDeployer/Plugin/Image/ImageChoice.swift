// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeployerKit
import JSONValue
import MegaraptorErrors

/// Which image the server runs from.
enum ImageChoice: Sendable, Hashable {
    /// One that somebody else has made; pulled where the engine lacks it.
    case given(String)
    /// One that is built around a program, by a name that tells of what.
    case built(String, DeploymentSpecification.Binary, base: String?)

    init(_ deployment: DeploymentSpecification, _ options: DockerOptions) throws(MegaraptorError) {
        let mayFloat = options.allowUnpinnedImage == true
        if let image = options.image {
            try Self.check(image, "image", mayFloat)
            self = .given(image)
            return
        }
        guard let binary = deployment.binary else {
            throw MegaraptorError(
                .invalidArgument,
                "There is neither an image nor a server program to build one around.",
                hint: "Give the option image, or fetch a program with download_velociraptor."
            )
        }
        if let base = options.baseImage { try Self.check(base, "base_image", mayFloat) }
        let parts = [binary.sha256, options.baseImage ?? "scratch", options.programPath, Dockerfile.revision]
        let digest = try SHA256.digest(Array(parts.joined(separator: "\n").utf8))
        let tag = Hexadecimal.encode(digest.prefix(10))
        self = .built("localhost/megaraptor/\(deployment.id):\(tag)", binary, base: options.baseImage)
    }

    /// By what the engine is asked for it.
    var reference: String {
        switch self {
        case .given(let reference): reference
        case .built(let reference, _, _): reference
        }
    }

    static func isPinned(_ reference: String) -> Bool {
        let parts = reference.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].hasPrefix("sha256:") else { return false }
        let digest = parts[1].dropFirst("sha256:".count)
        return digest.utf8.count == 64 && Hexadecimal.decode(digest.utf8) != nil
    }

    private static func check(_ reference: String, _ field: String, _ mayFloat: Bool) throws(MegaraptorError) {
        let isPlain = reference.utf8.allSatisfy { (0x21...0x7E).contains($0) } && !reference.hasPrefix("-")
        guard isPlain, !reference.isEmpty, !reference.contains("?"), !reference.contains("#") else {
            throw MegaraptorError(.invalidArgument, "The option \(field) is no name of an image.")
        }
        guard isPinned(reference) || mayFloat else {
            throw MegaraptorError(
                .invalidArgument,
                "The option \(field) \"\(reference)\" is not pinned: tomorrow it may be something else.",
                hint: "Give it as name@sha256:…, or set allow_unpinned_image if that is what you want."
            )
        }
    }
}

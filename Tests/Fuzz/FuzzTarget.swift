// SPDX-License-Identifier: Apache-2.0

/// Something that takes bytes from outside.
protocol FuzzTarget: Sendable {
    var name: String { get }
    /// What is right, or close to it.
    var seeds: [[UInt8]] { get }
    /// Words that matter to the target, which mutations put in.
    var words: [String] { get }

    /// Takes the bytes. Refusing them is fine; throwing means that something was promised and not kept.
    func run(_ bytes: [UInt8]) throws
}

/// What a target promised and did not keep.
struct BrokenPromise: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

enum FuzzTargets {
    static let all: [any FuzzTarget] = [
        ProtocolTarget(), AnswerTarget(), ManifestTarget(), ConfigurationTarget(), VQLTarget(), SchemaTarget(),
        FrameTarget(),
    ]

    static func named(_ name: String) -> (any FuzzTarget)? { (all + [SelfTestTarget()]).first { $0.name == name } }
}

// SPDX-License-Identifier: Apache-2.0

/// A published version of the protocol and what it knows.
public struct ProtocolVersion: Sendable, Hashable {
    /// What came into the protocol, or left it, at some version.
    public struct Features: OptionSet, Sendable, Hashable {
        public let rawValue: UInt32

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Several messages in one array.
        public static let batches = Features(rawValue: 1 << 0)
        /// Hints on what a tool does.
        public static let toolAnnotations = Features(rawValue: 1 << 1)
        /// Sound as a kind of content.
        public static let audio = Features(rawValue: 1 << 2)
        /// A text beside the figures of a progress notification.
        public static let progressMessage = Features(rawValue: 1 << 3)
        /// The `completions` capability. The method itself is older.
        public static let completionsCapability = Features(rawValue: 1 << 4)
        /// `title`, `outputSchema`, `structuredContent`, `resource_link`, `_meta` on items, completion context.
        public static let structuredResults = Features(rawValue: 1 << 5)
        /// `elicitation/create`, as a request or inside a result.
        public static let elicitation = Features(rawValue: 1 << 6)
        /// `description` and `websiteUrl` of an implementation; the mode of an elicitation.
        public static let richImplementation = Features(rawValue: 1 << 7)
        /// No handshake: each request carries its own context, results carry `resultType` and cache hints,
        /// the server never sends a request, and any JSON value may be `structuredContent`.
        public static let stateless = Features(rawValue: 1 << 8)
    }

    /// The date that names it.
    public let name: String
    public let features: Features

    public func has(_ feature: Features) -> Bool { features.contains(feature) }

    /// The code for a resource that does not exist.
    public var resourceNotFoundCode: RPCError.Code { has(.stateless) ? .invalidParams : .resourceNotFound }
}

extension ProtocolVersion {
    private static let march2025: Features = [.toolAnnotations, .audio, .progressMessage, .completionsCapability]
    private static let june2025: Features = march2025.union([.structuredResults, .elicitation])
    private static let november2025: Features = june2025.union(.richImplementation)

    /// Every version that is served, the oldest first.
    public static let all: [ProtocolVersion] = [
        ProtocolVersion(name: "2024-11-05", features: []),
        ProtocolVersion(name: "2025-03-26", features: march2025.union(.batches)),
        ProtocolVersion(name: "2025-06-18", features: june2025),
        latestHandshake,
        latestStateless,
    ]

    /// What a client gets that opens with an unknown version.
    public static let latestHandshake = ProtocolVersion(name: "2025-11-25", features: november2025)

    public static let latestStateless = ProtocolVersion(
        name: "2026-07-28",
        features: november2025.union(.stateless)
    )

    /// The names a request may carry in its `_meta`.
    public static let statelessNames = all.filter { $0.has(.stateless) }.map(\.name)

    public static func handshake(named name: String) -> ProtocolVersion? {
        all.first { $0.name == name && !$0.has(.stateless) }
    }

    public static func stateless(named name: String) -> ProtocolVersion? {
        all.first { $0.name == name && $0.has(.stateless) }
    }
}

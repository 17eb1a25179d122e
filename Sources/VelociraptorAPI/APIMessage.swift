// SPDX-License-Identifier: Apache-2.0

public import SwiftProtobuf

/// Any message of the API.
public typealias WireMessage = Message

/// Messages of the API as bytes.
///
/// Here so that whoever sends or takes messages need not know what generated them.
public enum APIMessage {
    /// Throws where a text is not valid or the message is beyond 2 GiB.
    public static func bytes(of message: some Message) throws -> [UInt8] {
        try message.serializedBytes()
    }

    /// Reads a message. Fields that the proto does not name are passed over. Throws where the bytes are no such message.
    public static func read<Kind: Message>(_ bytes: [UInt8], as kind: Kind.Type = Kind.self) throws -> Kind {
        try Kind(serializedBytes: bytes, options: options)
    }

    private static let options: BinaryDecodingOptions = {
        var options = BinaryDecodingOptions()
        options.discardUnknownFields = true
        return options
    }()
}

// SPDX-License-Identifier: Apache-2.0

import CGSSAPI

/// The other side of a login: a service that knows its key.
final class KerberosService {
    struct Refused: Error {}

    private var context: gss_ctx_id_t?
    /// What it knows the connection by.
    private let channel: [UInt8]?
    /// Who has logged in.
    private(set) var user: String?

    init(channel: [UInt8]? = nil) { self.channel = channel }

    deinit {
        var minor: OM_uint32 = 0
        gss_delete_sec_context(&minor, &context, nil)
    }

    /// - Returns: what the client is told.
    func accept(_ token: [UInt8]) throws -> [UInt8] {
        var (minor, output, name): (OM_uint32, gss_buffer_desc, gss_name_t?) = (0, gss_buffer_desc(), nil)
        let major = Self.withBuffer(channel ?? []) { channelData in
            var binding = gss_channel_bindings_struct()
            binding.application_data = channelData.pointee
            return withUnsafeMutablePointer(to: &binding) { binding in
                Self.withBuffer(token) { input in
                    gss_accept_sec_context(
                        &minor,
                        &context,
                        nil,
                        input,
                        channel == nil ? nil : binding,
                        &name,
                        nil,
                        &output,
                        nil,
                        nil,
                        nil
                    )
                }
            }
        }
        defer {
            gss_release_buffer(&minor, &output)
            gss_release_name(&minor, &name)
        }
        guard mr_gss_is_error(major) == 0 else { throw Refused() }
        if mr_gss_goes_on(major) == 0 { user = Self.text(name) }
        return Array(UnsafeRawBufferPointer(start: output.value, count: output.length))
    }

    private static func withBuffer(
        _ bytes: [UInt8],
        _ body: (UnsafeMutablePointer<gss_buffer_desc>) -> OM_uint32
    ) -> OM_uint32 {
        bytes.withUnsafeBytes { bytes in
            var buffer = gss_buffer_desc(
                length: bytes.count,
                value: UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            )
            return body(&buffer)
        }
    }

    private static func text(_ name: gss_name_t?) -> String? {
        var (minor, buffer): (OM_uint32, gss_buffer_desc) = (0, gss_buffer_desc())
        guard mr_gss_is_error(gss_display_name(&minor, name, &buffer, nil)) == 0 else { return nil }
        defer { gss_release_buffer(&minor, &buffer) }
        return String(decoding: UnsafeRawBufferPointer(start: buffer.value, count: buffer.length), as: UTF8.self)
    }
}

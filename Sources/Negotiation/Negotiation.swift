// SPDX-License-Identifier: Apache-2.0

internal import CGSSAPI
public import MegaraptorErrors
internal import Synchronization

/// One login by the scheme `Negotiate` (RFC 4559), which GSSAPI leads: MIT's library for Kerberos, gss-ntlmssp for NTLM.
///
/// Windows takes the messages of both as they are, without SPNEGO around them, so that what fails says of which it is.
///
/// ``next(_:)`` may ask a Kerberos server, and blocks meanwhile. Steps go one after the other.
public final class Negotiation: Sendable {
    private struct Handles {
        var context: gss_ctx_id_t?
        var credential: gss_cred_id_t?
        var target: gss_name_t?
        var isDone = false
    }

    private let mechanism: NegotiationMechanism
    private let handles: Mutex<Handles>

    /// - Parameters:
    ///   - host: the server's name as its service is registered; an alias is not found by Kerberos.
    ///   - user: `DOMAIN\user`, `user@REALM` or a local user; `nil` for the owner of the ticket.
    /// - Throws: `unauthenticated` where there is no ticket, or none is given for this password; `unsupported` where
    ///   this machine has no such mechanism.
    public init(
        _ mechanism: NegotiationMechanism,
        host: String,
        user: String? = nil,
        password: String? = nil
    ) throws(MegaraptorError) {
        self.mechanism = mechanism
        handles = Mutex(Handles())
        try handles.withLock { handles throws(MegaraptorError) in
            handles.target = try Self.name("HTTP@\(host)", mr_gss_host_service(), mechanism)
            if let user, let password {
                handles.credential = try Self.credential(user, password, mechanism)
            }
        }
    }

    deinit {
        handles.withLock { handles in
            var minor: OM_uint32 = 0
            gss_delete_sec_context(&minor, &handles.context, nil)
            gss_release_cred(&minor, &handles.credential)
            gss_release_name(&minor, &handles.target)
        }
    }

    /// Whether this side is convinced.
    public var isDone: Bool { handles.withLock(\.isDone) }

    /// - Parameters:
    ///   - token: what the server said; empty at the beginning.
    ///   - channel: what both sides know the connection by (RFC 5929, with its prefix), so that nobody between can pass the
    ///     login on to another; `nil` where that is not known.
    /// - Returns: what the server is to be told; empty where nothing is.
    /// - Throws: `unauthenticated` where it does not go on.
    public func next(_ token: [UInt8] = [], boundTo channel: [UInt8]? = nil) throws(MegaraptorError) -> [UInt8] {
        try handles.withLock { handles throws(MegaraptorError) in
            var (minor, output): (OM_uint32, gss_buffer_desc) = (0, gss_buffer_desc())
            let major = Self.withBinding(channel) { binding in
                token.withGSSBuffer { input in
                    gss_init_sec_context(
                        &minor,
                        handles.credential,
                        &handles.context,
                        handles.target,
                        Self.identifier(of: mechanism),
                        mechanism == .ntlm ? 0 : mr_gss_mutual(),
                        0,
                        binding,
                        token.isEmpty ? nil : input,
                        nil,
                        &output,
                        nil,
                        nil
                    )
                }
            }
            defer {
                var ignored: OM_uint32 = 0
                gss_release_buffer(&ignored, &output)
            }
            guard mr_gss_is_error(major) == 0 else { throw NegotiationFailure(major, minor, mechanism).error }
            handles.isDone = mr_gss_goes_on(major) == 0
            return Array(UnsafeRawBufferPointer(start: output.value, count: output.length))
        }
    }

    /// Of addresses it says nothing, as Windows does.
    private static func withBinding<Value>(
        _ channel: [UInt8]?,
        _ body: (gss_channel_bindings_t?) -> Value
    ) -> Value {
        guard let channel else { return body(nil) }
        return channel.withGSSBuffer { data in
            var binding = gss_channel_bindings_struct()
            binding.application_data = data.pointee
            return withUnsafeMutablePointer(to: &binding) { body($0) }
        }
    }

    private static func name(
        _ text: String,
        _ kind: gss_OID?,
        _ mechanism: NegotiationMechanism
    ) throws(MegaraptorError) -> gss_name_t? {
        var (minor, name): (OM_uint32, gss_name_t?) = (0, nil)
        let major = Array(text.utf8).withGSSBuffer { gss_import_name(&minor, $0, kind, &name) }
        guard mr_gss_is_error(major) == 0 else { throw NegotiationFailure(major, minor, mechanism).error }
        return name
    }

    private static func credential(
        _ user: String,
        _ password: String,
        _ mechanism: NegotiationMechanism
    ) throws(MegaraptorError) -> gss_cred_id_t? {
        var name = try name(user, mr_gss_user_name(), mechanism)
        var (minor, credential): (OM_uint32, gss_cred_id_t?) = (0, nil)
        defer {
            var ignored: OM_uint32 = 0
            gss_release_name(&ignored, &name)
        }
        guard let wanted = identifier(of: mechanism) else { return nil }
        var set = gss_OID_set_desc(count: 1, elements: wanted)
        let major = Array(password.utf8).withGSSBuffer {
            gss_acquire_cred_with_password(
                &minor,
                name,
                $0,
                OM_uint32.max,
                &set,
                gss_cred_usage_t(GSS_C_INITIATE),
                &credential,
                nil,
                nil
            )
        }
        guard mr_gss_is_error(major) == 0 else { throw NegotiationFailure(major, minor, mechanism).error }
        return credential
    }

    private static func identifier(of mechanism: NegotiationMechanism) -> gss_OID? {
        mechanism == .ntlm ? mr_gss_ntlm() : mr_gss_kerberos()
    }
}

extension [UInt8] {
    /// A zero follows, though the length does not count it: gss-ntlmssp reads passwords up to one.
    fileprivate func withGSSBuffer<Value>(_ body: (UnsafeMutablePointer<gss_buffer_desc>) -> Value) -> Value {
        (self + [0]).withUnsafeBytes { bytes in
            var buffer = gss_buffer_desc(length: count, value: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            return body(&buffer)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import CGSSAPI
internal import MegaraptorErrors

/// Why GSSAPI does not go on. Its words name users, realms and files, never passwords.
struct NegotiationFailure {
    let major: OM_uint32
    let minor: OM_uint32
    let mechanism: NegotiationMechanism

    init(_ major: OM_uint32, _ minor: OM_uint32, _ mechanism: NegotiationMechanism) {
        self.major = major
        self.minor = minor
        self.mechanism = mechanism
    }

    var error: MegaraptorError {
        let isMissing = major & 0xFFFF_0000 == 1 << 16
        let words = [Self.words(major, mr_gss_kind_of_whole()), Self.words(minor, mr_gss_kind_of_mechanism())]
        return MegaraptorError(
            isMissing ? .unsupported : .unauthenticated,
            "A login by \(mechanism.rawValue) does not come about.",
            hint: isMissing && mechanism == .ntlm
                ? "NTLM needs gss-ntlmssp on this machine: apt install gss-ntlmssp."
                : mechanism == .ntlm
                    ? "Check user and password; a user of a domain is DOMAIN\\user."
                    : "kinit gets a ticket; the machine is to be called by the name that the domain knows.",
            cause: words.filter { !$0.isEmpty }.joined(separator: " ")
        )
    }

    private static func words(_ code: OM_uint32, _ kind: CInt) -> String {
        var (minor, more, text): (OM_uint32, OM_uint32, gss_buffer_desc) = (0, 0, gss_buffer_desc())
        guard mr_gss_is_error(gss_display_status(&minor, code, kind, nil, &more, &text)) == 0 else { return "" }
        defer { gss_release_buffer(&minor, &text) }
        return String(decoding: UnsafeRawBufferPointer(start: text.value, count: text.length), as: UTF8.self)
    }
}

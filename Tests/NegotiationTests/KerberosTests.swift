// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import Testing

@testable import Negotiation

@Suite("Logins with Kerberos, against MIT's own server")
struct KerberosTests {
    @Test("convince the service of who it is, and the client of the service")
    func both() throws {
        try KerberosRealm.require()
        let service = KerberosService()
        let client = try Negotiation(
            .kerberos,
            host: KerberosRealm.host,
            user: KerberosRealm.user,
            password: KerberosRealm.password
        )
        let answer = try service.accept(try client.next())
        #expect(service.user == KerberosRealm.user)
        #expect(!client.isDone, "the service has not shown yet who it is")
        #expect(try client.next(answer).isEmpty)
        #expect(client.isDone)
    }

    @Test("do not come about with a wrong password, without a ticket, or for a service that nobody knows")
    func refused() throws {
        try KerberosRealm.require()
        func failure(host: String = KerberosRealm.host, user: String?, password: String?) -> MegaraptorError? {
            do throws(MegaraptorError) {
                _ = try Negotiation(.kerberos, host: host, user: user, password: password).next()
                return nil
            } catch {
                return error
            }
        }
        let wrong = failure(user: KerberosRealm.user, password: "open barley")
        let none = failure(user: nil, password: nil)
        let unknown = failure(host: "pc-18", user: KerberosRealm.user, password: KerberosRealm.password)
        for error in [wrong, none, unknown] {
            #expect(error?.code == .unauthenticated)
            #expect(error?.hint.hasPrefix("kinit gets a ticket") == true)
            #expect(error?.cause?.contains("open barley") != true)
        }
        #expect(unknown?.cause?.contains("pc-18") == true, "\(unknown?.cause ?? "")")
    }

    @Test("are not taken for the service's by a service that has another's key")
    func forged() throws {
        try KerberosRealm.require()
        let client = try Negotiation(
            .kerberos,
            host: KerberosRealm.host,
            user: KerberosRealm.user,
            password: KerberosRealm.password
        )
        let token = try client.next()
        var changed = token
        changed[changed.count - 20] ^= 1
        #expect(throws: KerberosService.Refused.self) { try KerberosService().accept(changed) }
        #expect(throws: MegaraptorError.self) { try client.next([0x60, 0x01, 0x02]) }
    }

    @Test("are bound to their channel: a service at another's end does not take them")
    func bound() throws {
        try KerberosRealm.require()
        let channel = Array("tls-server-end-point:".utf8) + (0..<32)
        for (other, isSame) in [(channel, true), (channel.reversed(), false)] {
            let service = KerberosService(channel: other)
            let client = try Negotiation(
                .kerberos,
                host: KerberosRealm.host,
                user: KerberosRealm.user,
                password: KerberosRealm.password
            )
            let token = try client.next(boundTo: channel)
            guard isSame else {
                #expect(throws: KerberosService.Refused.self) { try service.accept(token) }
                continue
            }
            _ = try client.next(try service.accept(token), boundTo: channel)
            #expect(client.isDone && service.user == KerberosRealm.user)
        }
    }
}

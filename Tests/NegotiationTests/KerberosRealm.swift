// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import Glibc
import SSHTestbed

/// A Kerberos realm with MIT's own server, one user and one service. This process's libraries are told of it, once.
enum KerberosRealm {
    static let password = "tr0ub4dor & <3"
    static let user = "ada@CORP.EXAMPLE"
    static let host = "pc-17.corp.example"

    private static let folder = FileManager.default.temporaryDirectory.appending(path: "kerberos-\(getpid())")
    /// Its process.
    private static let server = Result { try start() }

    /// Returns once there is the realm.
    static func require() throws { _ = try server.get() }

    private static func start() throws -> Int32 {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let port = try SSHTestServer.freePort()
        try write(port: port)
        setenv("KRB5_CONFIG", folder.appending(path: "krb5.conf").path, 1)
        setenv("KRB5_KDC_PROFILE", folder.appending(path: "kdc.conf").path, 1)
        setenv("KRB5_KTNAME", folder.appending(path: "keytab").path, 1)
        // No ticket of whoever runs the tests counts.
        setenv("KRB5CCNAME", "MEMORY:nothing", 1)
        try Command.require(["/usr/sbin/kdb5_util", "create", "-s", "-P", "master"])
        try Command.require(["/usr/sbin/kadmin.local", "addprinc", "-pw", password, user])
        try Command.require(["/usr/sbin/kadmin.local", "addprinc", "-randkey", "HTTP/\(host)"])
        try Command.require([
            "/usr/sbin/kadmin.local", "ktadd", "-k", folder.appending(path: "keytab").path, "HTTP/\(host)",
        ])
        // It ends with this process, which keeps it until then.
        let program = try SpawnedProgram("/usr/sbin/krb5kdc", ["-n"])
        _ = Unmanaged.passRetained(program)
        atexit {
            if let id = try? KerberosRealm.server.get() { kill(id, SIGKILL) }
            try? FileManager.default.removeItem(at: KerberosRealm.folder)
        }
        // Asked before it listens, it would be taken for none.
        while !SSHTestServer.answers(port), program.isRunning { usleep(10_000) }
        return program.id
    }

    private static func write(port: UInt16) throws {
        let client = """
            [libdefaults]
              default_realm = CORP.EXAMPLE
              dns_lookup_kdc = false
              dns_canonicalize_hostname = false
              rdns = false
            [realms]
              CORP.EXAMPLE = {
                kdc = 127.0.0.1:\(port)
              }

            """
        let server = """
            [kdcdefaults]
              kdc_ports = \(port)
              kdc_tcp_ports = \(port)
            [realms]
              CORP.EXAMPLE = {
                database_name = \(folder.path)/principal
                key_stash_file = \(folder.path)/stash
                acl_file = \(folder.path)/acl
              }

            """
        try Data(client.utf8).write(to: folder.appending(path: "krb5.conf"))
        try Data(server.utf8).write(to: folder.appending(path: "kdc.conf"))
    }
}

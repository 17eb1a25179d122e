// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import HTTPTransport
import Testing

@Suite("Ports and disks of this machine")
struct ExposureTests {
    private static let tcp = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:22B9 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0
           1: 00000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 100 0 0 10 0
           2: 0100007F:1F41 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 4713 1 0 100 0 0 10 0
           3: nonsense
        """
    private static let tcp6 = """
          sl  local_address                         remote_address                        st tx_queue
           0: 00000000000000000000000000000000:1F43 00000000000000000000000000000000:0000 0A 00000000:00000000
           1: 0000000000000000FFFF00000100007F:1F44 00000000000000000000000000000000:0000 0A 00000000:00000000
           2: 00000000000000000000000001000000:22B9 00000000000000000000000000000000:0000 0A 00000000:00000000
        """

    #if _endian(little)
        @Test("The kernel's tables are read: who listens, where, and nobody else")
        func tables() {
            let ports = ListeningPorts(tcp: Self.tcp, tcp6: Self.tcp6)
            #expect(ports.addresses(port: 8889) == ["127.0.0.1", "::1"])
            #expect(ports.addresses(port: 8000) == ["0.0.0.0"])
            #expect(ports.addresses(port: 8001) == [])
            #expect(ports.addresses(port: 8003) == ["::"])
            #expect(ports.addresses(port: 8004) == ["::ffff:127.0.0.1"])
            #expect(ports.endpoints.count == 5)
        }

        private static let planned: [(String, Int, DeploymentCheck.Status)] = [
            ("127.0.0.1", 8889, .ok), ("0.0.0.0", 8889, .warning), ("0.0.0.0", 8000, .ok), ("127.0.0.1", 8000, .failed),
            ("192.0.2.7", 8000, .failed), ("127.0.0.1", 8001, .failed), ("0.0.0.0", 8003, .ok),
            ("127.0.0.1", 8003, .failed), ("127.0.0.1", 8004, .ok), ("192.0.2.7", 8889, .failed),
        ]

        @Test("A port that is open to more people than planned, or to nobody, is found", arguments: planned)
        func exposure(address: String, port: Int, status: DeploymentCheck.Status) {
            let check = ListeningPorts(tcp: Self.tcp, tcp6: Self.tcp6).exposure(
                "gui",
                .init(address: address, port: port)
            )
            #expect(check.name == "exposure.gui" && check.status == status, "\(check.message)")
        }
    #endif

    @Test("A server that listens now is seen, and a port that is only taken is not")
    func real() async throws {
        let pki = try await TestPKI.pki
        try await StandInServer.with(pki.frontend) { address in
            let found = try ListeningPorts.current().addresses(port: Int(address.port))
            #expect(found == ["127.0.0.1"])
        }
        try await ReservedPort.with { address in
            let found = try ListeningPorts.current().addresses(port: Int(address.port))
            #expect(found == [])
        }
    }

    private static let disks: [(Int64, Int64, DeploymentCheck.Status)] = [
        (100 << 30, 200 << 30, .ok), (15 << 30, 200 << 30, .warning), (9 << 30, 20 << 30, .warning),
        (1 << 29, 20 << 30, .failed), (0, 1, .failed),
    ]

    @Test("Little room is a warning, next to none a failure", arguments: disks)
    func disk(free: Int64, whole: Int64, status: DeploymentCheck.Status) {
        #expect(DiskSpace(free: free, whole: whole).check("datastore", path: "/x").status == status)
    }

    @Test("A disk is asked, and one that is not there is unknown")
    func realDisk() throws {
        let space = try #require(DiskSpace(path: "/"))
        #expect(space.free >= 0 && space.whole > space.free)
        #expect(DiskSpace.check("datastore", path: "/nothing/there").status == .unknown)
    }
}

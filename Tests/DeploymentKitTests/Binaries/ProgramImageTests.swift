// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import DeploymentKit

@Suite("What a file is")
struct ProgramImageTests {
    static let samples: [(String, [UInt8])] = [
        ("a Linux program for amd64", elf(machine: 0x3E)), ("a Linux program for arm64", elf(machine: 0xB7)),
        ("a Linux program for 386", elf(machine: 0x03)), ("a FreeBSD program for amd64", elf(machine: 0x3E, system: 9)),
        ("a macOS program for amd64", machO(0x07)), ("a macOS program for arm64", machO(0x0C)),
        ("a Windows program for amd64", pe(0x8664)), ("a Windows program for 386", pe(0x014C)),
        ("a Windows program for arm64", pe(0xAA64)),
        ("a Windows installer", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + zeroes(600)),
    ]

    static func zeroes(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    static func elf(machine: UInt8, system: UInt8 = 0) -> [UInt8] {
        [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, system] + zeroes(8) + [2, 0, machine, 0] + zeroes(2000)
    }

    static func machO(_ processor: UInt8) -> [UInt8] { [0xCF, 0xFA, 0xED, 0xFE, processor, 0, 0, 1] + zeroes(2000) }

    static func pe(_ machine: Int) -> [UInt8] {
        [0x4D, 0x5A] + zeroes(58) + [0x80, 0, 0, 0] + zeroes(64) + [0x50, 0x45, 0, 0]
            + [UInt8(machine & 0xFF), UInt8(machine >> 8)] + zeroes(2000)
    }

    @Test("Programs are known by their heads", arguments: samples)
    func programs(name: String, head: [UInt8]) {
        #expect(ProgramImage(head: head)?.description == name)
    }

    @Test("A program of this machine is what it is", arguments: ["/bin/sh", "/usr/bin/openssl"])
    func real(path: String) throws {
        let head = try #require(try FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: 4096))
        let image = try #require(ProgramImage(head: Array(head)))
        #if arch(x86_64)
            #expect(image == ProgramImage(.elf, .amd64))
        #else
            #expect(image == ProgramImage(.elf, .arm64))
        #endif
    }

    private static let strangers: [(String, [UInt8])] = [
        ("a web page", Array("\n <!DOCTYPE html><html>Not Found</html>".utf8)), ("a web page", Array("<Error/>".utf8)),
        ("a script", Array("#!/bin/sh\n".utf8)), ("text", Array("Not Found\n".utf8)), ("empty", []),
        ("a pointer to a file elsewhere (Git LFS)", Array("version https://git-lfs.github.com/spec/v1\n".utf8)),
        ("no program for one machine", [0x50, 0x4B, 3, 4]), ("no program for one machine", [0xCA, 0xFE, 0xBA, 0xBE]),
    ]

    @Test("What is no program is told by what it looks like", arguments: strangers)
    func others(guess: String, head: [UInt8]) {
        #expect(ProgramImage(head: head) == nil)
        #expect(ProgramImage.guess(head) == guess)
    }

    @Test("No cut or changed head is trusted beyond its end", arguments: samples.indices)
    func cut(place: Int) {
        let head = Self.samples[place].1
        for length in 0..<min(head.count, 220) { _ = ProgramImage(head: Array(head[..<length])) }
        for place in 0..<min(head.count, 220) {
            var changed = head
            changed[place] = 0xFF
            _ = ProgramImage(head: changed)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The number of the case that runs, where it outlives the process that runs it.
struct CaseCounter {
    private let cell: UnsafeMutablePointer<Int>

    /// - Parameter file: at least eight bytes long.
    init(file: String) throws {
        let descriptor = open(file, O_RDWR)
        defer { close(descriptor) }
        let memory = mmap(nil, MemoryLayout<Int>.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard descriptor >= 0, let memory, memory != MAP_FAILED else {
            throw BrokenPromise("the counter \(file) cannot be mapped")
        }
        cell = memory.bindMemory(to: Int.self, capacity: 1)
    }

    var value: Int { cell.pointee }

    func run(_ target: any FuzzTarget, seed: UInt64, cases: Range<Int>) throws {
        for number in cases {
            cell.pointee = number
            do {
                try target.run(Mutator.bytes(target, seed: seed, number: number))
            } catch {
                print("\(error)")
                fflush(nil)
                abort()
            }
        }
        cell.pointee = cases.upperBound
    }
}

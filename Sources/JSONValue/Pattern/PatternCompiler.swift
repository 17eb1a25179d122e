// SPDX-License-Identifier: Apache-2.0

enum PatternInstruction: Sendable {
    /// Takes one scalar of the set.
    case take(ScalarSet)
    case assert(PatternAssertion)
    /// Goes on at both places.
    case split(Int, Int)
    case jump(Int)
    case match
}

/// Turns the tree of an expression into a program for the ``PatternMachine``.
struct PatternCompiler {
    private var program: [PatternInstruction] = []

    /// Nested counts multiply; what goes beyond this is refused.
    private static let sizeLimit = 10_000

    mutating func program(for node: PatternNode) throws(PatternError) -> [PatternInstruction] {
        try emit(node)
        try add(.match)
        return program
    }

    private mutating func add(_ instruction: PatternInstruction) throws(PatternError) {
        guard program.count < Self.sizeLimit else { throw PatternError(description: "the expression is too large") }
        program.append(instruction)
    }

    private mutating func emit(_ node: PatternNode) throws(PatternError) {
        switch node {
        case .empty: break
        case .set(let set): try add(.take(set))
        case .assertion(let assertion): try add(.assert(assertion))
        case .sequence(let items): for item in items { try emit(item) }
        case .alternatives(let branches): try emitAlternatives(branches)
        case .repetition(let item, let least, let most):
            for _ in 0..<least { try emit(item) }
            if let most {
                try emitOptional(item, times: most - least)
            } else {
                try emitLoop(item)
            }
        }
    }

    private mutating func emitAlternatives(_ branches: [PatternNode]) throws(PatternError) {
        var exits: [Int] = []
        for branch in branches.dropLast() {
            let split = program.count
            try add(.split(split + 1, 0))
            try emit(branch)
            exits.append(program.count)
            try add(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        if let last = branches.last { try emit(last) }
        for exit in exits { program[exit] = .jump(program.count) }
    }

    private mutating func emitLoop(_ item: PatternNode) throws(PatternError) {
        let split = program.count
        try add(.split(split + 1, 0))
        try emit(item)
        try add(.jump(split))
        program[split] = .split(split + 1, program.count)
    }

    private mutating func emitOptional(_ item: PatternNode, times: Int) throws(PatternError) {
        var splits: [Int] = []
        for _ in 0..<times {
            splits.append(program.count)
            try add(.split(program.count + 1, 0))
            try emit(item)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }
}

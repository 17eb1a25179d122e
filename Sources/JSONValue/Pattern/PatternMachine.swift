// SPDX-License-Identifier: Apache-2.0

/// Runs all ways through a program side by side, so that a text is read once whatever the expression.
struct PatternMachine {
    private let program: [PatternInstruction]
    private var current: [Int] = []
    private var following: [Int] = []
    /// The step at which a place in the program was last entered: no place is entered twice in one step.
    private var entered: [Int]
    private var step = 0
    private var pending: [Int] = []

    init(_ program: [PatternInstruction]) {
        self.program = program
        entered = Array(repeating: -1, count: program.count)
    }

    /// Whether the program matches anywhere in the text.
    mutating func run(over text: String) -> Bool {
        var previous: Unicode.Scalar?
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        // A match may begin at every place.
        if enter(0, between: previous, and: next) { return true }
        while let scalar = next {
            next = scalars.next()
            previous = scalar
            swap(&current, &following)
            following.removeAll(keepingCapacity: true)
            step += 1
            for place in current {
                if case .take(let set) = program[place], set.contains(scalar),
                    enter(place + 1, between: previous, and: next)
                {
                    return true
                }
            }
            if enter(0, between: previous, and: next) { return true }
        }
        return false
    }

    /// Follows everything that takes no scalar from `place` on; says whether that reaches the end of the program.
    private mutating func enter(
        _ place: Int,
        between previous: Unicode.Scalar?,
        and next: Unicode.Scalar?
    ) -> Bool {
        pending.append(place)
        while let place = pending.popLast() {
            guard entered[place] != step else { continue }
            entered[place] = step
            switch program[place] {
            case .take: following.append(place)
            case .assert(let assertion):
                if Self.holds(assertion, between: previous, and: next) { pending.append(place + 1) }
            case .split(let first, let second):
                pending.append(second)
                pending.append(first)
            case .jump(let target): pending.append(target)
            case .match:
                pending.removeAll(keepingCapacity: true)
                return true
            }
        }
        return false
    }

    private static func holds(
        _ assertion: PatternAssertion,
        between previous: Unicode.Scalar?,
        and next: Unicode.Scalar?
    ) -> Bool {
        func isWord(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(ScalarSet.wordCharacters.contains) ?? false }
        return switch assertion {
        case .start: previous == nil
        case .end: next == nil
        case .wordBoundary: isWord(previous) != isWord(next)
        case .noWordBoundary: isWord(previous) == isWord(next)
        }
    }
}

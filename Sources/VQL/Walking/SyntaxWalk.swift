// SPDX-License-Identifier: Apache-2.0

/// All elements of a tree, each before those inside it, in the order of the text.
///
/// Walks without recursion, so the depth of the tree does not matter.
public struct SyntaxWalk: Sequence, Sendable {
    public struct Iterator: IteratorProtocol {
        /// What is still to be visited, the next one last.
        private var pending: [SyntaxElement]
        /// The element given last, whose children are not pending yet.
        private var current: SyntaxElement?

        init(_ roots: [SyntaxElement]) {
            pending = roots.reversed()
        }

        public mutating func next() -> SyntaxElement? {
            if let current { pending.append(contentsOf: current.children.reversed()) }
            current = pending.popLast()
            return current
        }

        /// Leaves out what is inside the element that ``next()`` gave last.
        public mutating func skipChildren() {
            current = nil
        }
    }

    private let roots: [SyntaxElement]

    /// A walk through some elements and all that is inside them.
    public init(_ roots: [SyntaxElement]) {
        self.roots = roots
    }

    public func makeIterator() -> Iterator {
        Iterator(roots)
    }
}

extension Program {
    /// Every element of the request.
    public var elements: SyntaxWalk {
        SyntaxWalk(statements.map(\.element))
    }
}

extension Lambda {
    /// Every element of the body.
    public var elements: SyntaxWalk {
        SyntaxWalk([.expression(body)])
    }
}

// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("Lambdas")
struct LambdaTests {
    @Test("Parameters, an arrow, one expression")
    func accepted() throws {
        let lambda = try Lambda(parsing: "x, `y z` => /* c */ x + 1 -- d")
        #expect(lambda.parameters.map(\.spelling) == ["x", "`y z`"])
        #expect(lambda.description == "x, `y z` => x + 1")
        #expect(try Lambda(parsing: lambda.description) == lambda)
    }

    @Test(
        "Errors are those of the server",
        arguments: [
            ("x=>x +", #"1:7: unexpected token "<EOF>" (expected \#(Expectation.symbol.text))"#),
            ("()=>5", #"1:1: unexpected token "(" (expected <ident> _ParameterListTerm*)"#),
            ("=>5", #"1:1: unexpected token "=>" (expected <ident> _ParameterListTerm*)"#),
            ("x=>{SELECT 1 FROM scope()}", #"1:4: unexpected token "{" (expected \#(Expectation.symbol.text))"#),
            ("x=>y=>1", #"1:5: unexpected token "=>""#), ("x=>1, 2", #"1:5: unexpected token ",""#),
        ]
    )
    func refused(text: String, message: String) {
        let error = #expect(throws: VQLSyntaxError.self) { try Lambda(parsing: text) }
        #expect(error?.description == message)
    }

    @Test("iN is an operator of its own, only here")
    func spellingsOfIn() throws {
        func operators(_ expression: Expression) -> [ComparisonOperator] {
            if case .comparison(let chain) = expression.kind { chain.links.map(\.operation) } else { [] }
        }
        for spelling in ["IN", "in", "In"] {
            #expect(operators(try Lambda(parsing: "x=>1 \(spelling) x").body) == [.isIn])
        }
        #expect(operators(try Lambda(parsing: "x=>1 iN x").body) == [.neverIn])
        #expect(operators(try ExpressionList(parsing: "1 iN x").first) == [.isIn])
    }
}

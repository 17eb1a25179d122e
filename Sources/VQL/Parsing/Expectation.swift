// SPDX-License-Identifier: Apache-2.0

/// What the grammar could have taken where a token did not fit, in the words of the server's messages.
///
/// They name the rest of the production at that place, in the server's own grammar notation.
enum Expectation: Sendable {
    case definition, binding, parameter
    case select, from, source, orderingColumn, limit
    case argument, argumentValue, symbol
    case closingParenthesis, closingBracket, closingBrace
    case lambda, lambdaBody

    var text: String {
        switch self {
        case .definition: #"<ident> ("(" (LetParameter ("," LetParameter)*)? ")")? "# + Self.binding.text
        case .binding: #"("=" | "<=") (_Select | _AndExpression)"#
        case .parameter: "<ident>"
        case .select: "<select> _SelectExpression " + Self.from.text
        case .from: "<from> " + Self.source.text
        case .source:
            "_From (<where> _CommaExpression)? (<groupby> _CommaExpression)?"
                + " (<orderby> <ident> <desc>?)? (<limit> <number>)?"
        case .orderingColumn: "<ident> <desc>?"
        case .limit: "<number>"
        case .argument: "<ident> " + Self.argumentValue.text
        case .argumentValue: #""=" (("{" _Select "}") | ("[" _CommaExpression? "]") | _AndExpression)"#
        case .symbol: #"(<symbolident> | <ident>) ("." <ident>)* ("(" (_Args ("," _Args)*)? ")")*"#
        case .closingParenthesis: #"")""#
        case .closingBracket: #""]""#
        case .closingBrace: #""}""#
        case .lambda: "<ident> _ParameterListTerm*"
        case .lambdaBody: #""=>" _AndExpression"#
        }
    }
}

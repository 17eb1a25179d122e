// SPDX-License-Identifier: Apache-2.0

/// What the grammar could have taken where a token did not fit, in the words of the server's messages.
///
/// They name the rest of the production at that place, in the server's own grammar notation.
enum Expectation: String, Sendable {
    case definition = #"<ident> ("(" (LetParameter ("," LetParameter)*)? ")")? ("=" | "<=") (_Select | _AndExpression)"#
    case binding = #"("=" | "<=") (_Select | _AndExpression)"#
    case parameter = #"<ident>"#
    case select =
        "<select> _SelectExpression <from> _From (<where> _CommaExpression)? (<groupby> _CommaExpression)? (<orderby> <ident> <desc>?)? (<limit> <number>)?"
    case from =
        "<from> _From (<where> _CommaExpression)? (<groupby> _CommaExpression)? (<orderby> <ident> <desc>?)? (<limit> <number>)?"
    case source =
        "_From (<where> _CommaExpression)? (<groupby> _CommaExpression)? (<orderby> <ident> <desc>?)? (<limit> <number>)?"
    case orderingColumn = "<ident> <desc>?"
    case limit = "<number>"
    case argument = #"<ident> "=" (("{" _Select "}") | ("[" _CommaExpression? "]") | _AndExpression)"#
    case argumentValue = #""=" (("{" _Select "}") | ("[" _CommaExpression? "]") | _AndExpression)"#
    case symbol = #"(<symbolident> | <ident>) ("." <ident>)* ("(" (_Args ("," _Args)*)? ")")*"#
    case closingParenthesis = #"")""#
    case closingBracket = #""]""#
    case closingBrace = #""}""#
    case lambda = "<ident> _ParameterListTerm*"
    case lambdaBody = #""=>" _AndExpression"#
}

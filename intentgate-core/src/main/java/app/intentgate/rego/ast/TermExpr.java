package app.intentgate.rego.ast;

/**
 * A term that must be defined and not false. Never a {@link CallTerm}: that is a {@link CallExpr}.
 *
 * @param term the term
 */
public record TermExpr(Term term) implements ExprForm {}

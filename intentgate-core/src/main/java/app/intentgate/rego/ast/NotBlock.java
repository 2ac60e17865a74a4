package app.intentgate.rego.ast;

/**
 * A whole body negated: {@code not e} and {@code not { … }} in modules that import {@code
 * future.keywords.not}. Nothing of the body is evaluated outside of the negation.
 *
 * @param body what must not hold
 */
public record NotBlock(Body body) implements ExprForm {}

package app.intentgate.rego.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code every k, v in xs { … }}.
 *
 * @param key the key variable, or null
 * @param value the value variable
 * @param domain the collection
 * @param body what must hold for each
 */
public record Every(@Nullable Var key, Var value, Term domain, Body body) implements ExprForm {}

package app.intentgate.rego.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code some v in xs} or {@code some k, v in xs}. Variables in key and value are declared by it.
 *
 * @param key the pattern for the key, or null
 * @param value the pattern for the value
 * @param domain the collection
 */
public record SomeIn(@Nullable Term key, Term value, Term domain) implements ExprForm {}

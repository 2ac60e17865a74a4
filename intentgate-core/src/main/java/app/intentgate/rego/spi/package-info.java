/**
 * What the Rego engine and its embedder share: where in a source something is, errors, limits of an
 * evaluation, and functions that policies call. Small on purpose, so that a custom builtin depends
 * on nothing else of the engine.
 */
package app.intentgate.rego.spi;

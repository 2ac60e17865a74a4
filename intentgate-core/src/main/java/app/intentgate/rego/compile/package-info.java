/**
 * The compiler of Rego: takes parsed modules and queries through OPA's compiler passes, to a {@link
 * app.intentgate.rego.compile.program.Program} that can be planned and evaluated, or to a list of
 * errors with OPA's codes and messages.
 */
package app.intentgate.rego.compile;

/**
 * What the compiler makes and everything after it reads: a {@link
 * app.intentgate.rego.compile.program.Program} of {@link
 * app.intentgate.rego.compile.program.CompiledRule}s in a {@link
 * app.intentgate.rego.compile.program.RuleTree}, and a {@link
 * app.intentgate.rego.compile.program.CompiledQuery} per query. All of it is immutable.
 */
package app.intentgate.rego.compile.program;

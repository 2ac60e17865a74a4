/**
 * The embedded Rego engine: compile sources to a {@link app.intentgate.rego.RegoPolicy}, prepare a
 * query once, evaluate it as often as needed. The language is that of OPA 1.19; parser, compiler,
 * built-ins and evaluator are sub-packages that the module does not export.
 */
package app.intentgate.rego;

/**
 * The type checker: what a policy says about shapes, followed from literals and signatures of
 * functions through rules. It refuses what can never hold - a number compared with a string, a
 * member that a literal object has not - and lets everything pass that it does not know, above all
 * {@code input} and base documents.
 */
package app.intentgate.rego.compile.types;

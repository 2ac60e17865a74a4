/**
 * The compiler passes, one class each: every pass takes the modules as the pass before left them,
 * changes the tree and reports errors. Order and meaning of the passes are OPA's.
 */
package app.intentgate.rego.compile.pass;

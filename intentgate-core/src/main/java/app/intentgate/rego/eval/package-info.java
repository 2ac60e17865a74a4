/**
 * Runs planned policies: operands that compute a value or are undefined, guards that hold or not,
 * steps that loop, and rule sets with their memo and index, over one frame stack per evaluation.
 * Everything but {@link app.intentgate.rego.eval.EvalContext} and what hangs on it is immutable and
 * shared by threads.
 */
package app.intentgate.rego.eval;

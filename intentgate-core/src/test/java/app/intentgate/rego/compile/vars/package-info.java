/** Tests of what expressions do with variables. */
package app.intentgate.rego.compile.vars;

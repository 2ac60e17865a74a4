/** Tests of the builtin functions, each called directly. */
package app.intentgate.rego.builtin;

/**
 * The functions of Rego that are not written in Rego, one family a file, with the results, limits
 * and error texts of OPA 1.19. {@link app.intentgate.rego.builtin.StandardBuiltins} puts the
 * families together; what is not implemented is not there.
 */
package app.intentgate.rego.builtin;

/** Tests of the compiler by behavior: what a source becomes, and what is refused where. */
package app.intentgate.rego.compile;

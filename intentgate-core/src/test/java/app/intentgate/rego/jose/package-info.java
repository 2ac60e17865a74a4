/** Tests of keys and encodings. */
package app.intentgate.rego.jose;

/**
 * Certificates, certificate requests and private keys as Rego values, with the members of Go's
 * types, and the verification of certificate chains. Parsing and cryptography are the JDK's; what
 * it does not tell is read from the encoding.
 */
package app.intentgate.rego.x509;

/**
 * Signed tokens and the keys they need, on the JDK's cryptography alone: JWS algorithms (RFC 7518,
 * RFC 8037), keys as JWK and JWK sets (RFC 7517), PEM and X.509.
 */
package app.intentgate.rego.jose;

/** Revocations and kill switches over SQL, asked from memory and kept up to date by the feed. */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.revocation;

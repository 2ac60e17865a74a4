/** Checkpoints of audit chains, and the keys that verify them, in a database. */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.checkpoint;

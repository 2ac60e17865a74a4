/**
 * The audit chain in a database: appended by group commit, also by many gates at once, found by
 * index, exported and verified as a stream.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.audit;

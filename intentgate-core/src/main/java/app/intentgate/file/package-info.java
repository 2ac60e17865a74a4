/**
 * Durable stores in one folder, for a gate without a database: {@link
 * app.intentgate.file.FileStateStore} has everything but the audit log, in {@code state.jsonl}, and
 * {@link app.intentgate.file.FileCheckpointStore} has checkpoints of that log. What is asked on
 * every call is held in memory.
 */
package app.intentgate.file;

/**
 * Durable stores in one folder, for a gate without a database: revocations, kill switches, budgets
 * and approvals in {@code state.jsonl}. What is asked on every call is held in memory.
 */
package app.intentgate.file;

/**
 * Plays recorded HTTP exchanges against a gate: reads them, serves the upstream and the extractor
 * they need, sends the steps over real connections, and compares the answers.
 */
package app.intentgate.server.exchange;

/**
 * Every store in memory: for unit tests, for embedding without a database, and as the working set
 * behind durable stores. Nothing here survives the process.
 */
package app.intentgate.memory;

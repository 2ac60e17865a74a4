/**
 * The two routes of agents, from bytes to bytes without a thread that waits: JSON-RPC envelopes,
 * the flat shape, calls judged and forwarded, and the methods that are passed on without being
 * judged.
 */
@NullMarked
package app.intentgate.server.rpc;

import org.jspecify.annotations.NullMarked;

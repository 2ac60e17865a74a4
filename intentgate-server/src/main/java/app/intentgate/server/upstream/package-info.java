/**
 * The way to the tool server behind the gate: a pooled client that blocks no thread, follows no
 * redirect and reads no more than it was told to; and the reading of whatever comes back as one
 * JSON-RPC answer (B4, B5).
 */
@NullMarked
package app.intentgate.server.upstream;

import org.jspecify.annotations.NullMarked;

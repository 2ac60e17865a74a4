package app.intentgate.audit;

import java.time.Instant;

/**
 * The newest event of a chain: what a checkpoint signs.
 *
 * @param chain the chain
 * @param seq the newest event's number
 * @param hash its hash
 * @param at when it was made
 */
public record ChainHead(String chain, long seq, String hash, Instant at) {}

package app.intentgate.inventory;

import java.time.Instant;
import java.util.List;

/**
 * An agent seen in the audit log.
 *
 * @param agentId its id; empty for calls without a token
 * @param tenant its tenant; empty for calls without a token
 * @param tools the tools it asked for, sorted
 * @param riskSignals what those tools' names hint at, sorted
 * @param calls how many calls it made
 * @param blocked how many of them were refused
 * @param firstSeen when its oldest call seen was
 * @param lastSeen when its newest was
 * @param sessions how many sessions or tasks they belong to
 */
public record DiscoveredAgent(
    String agentId,
    String tenant,
    List<String> tools,
    List<String> riskSignals,
    long calls,
    long blocked,
    Instant firstSeen,
    Instant lastSeen,
    int sessions) {}

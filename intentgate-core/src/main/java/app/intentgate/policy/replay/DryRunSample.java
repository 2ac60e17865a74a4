package app.intentgate.policy.replay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that would come out otherwise, or a made-up input.
 *
 * @param at when the call was; null for a made-up one
 * @param inputIndex which of the made-up inputs it is; null for a recorded call
 * @param callId the call; empty for a made-up one
 * @param tool the tool
 * @param agentId the agent; may be empty
 * @param tenant the tenant; may be empty
 * @param originalDecision what became of it; empty for a made-up one
 * @param originalCheck which check decided; may be empty
 * @param originalReason why; may be empty
 * @param candidateDecision what would become of it
 * @param candidateReason why; may be empty
 * @param candidateError why the candidate gave no decision; empty when it did
 * @param argKeys the names of its arguments
 * @param explanation why the candidate decides so; null when nobody asked
 */
public record DryRunSample(
    @Nullable Instant at,
    @Nullable Integer inputIndex,
    String callId,
    String tool,
    String agentId,
    String tenant,
    String originalDecision,
    String originalCheck,
    String originalReason,
    String candidateDecision,
    String candidateReason,
    String candidateError,
    List<String> argKeys,
    @Nullable Explanation explanation) {}

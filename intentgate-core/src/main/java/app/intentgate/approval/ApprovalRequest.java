package app.intentgate.approval;

import app.intentgate.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a human is asked: the call, and why the policy wants to know. Never changes.
 *
 * @param id the pending id given to the agent and the operator
 * @param binding the call it is good for
 * @param rootTokenId the id of the root token; empty without a token
 * @param arguments the arguments as the agent sent them, or null when it sent none
 * @param intentSummary what the extractor said; may be empty
 * @param reason why the policy escalated
 * @param requiresStepUp whether the policy asked for a stepped-up operator
 * @param terms who has to agree
 * @param createdAt when it was enqueued
 * @param decideBy until when it can be decided
 */
public record ApprovalRequest(
    String id,
    ApprovalBinding binding,
    String rootTokenId,
    @Nullable JsonObject arguments,
    String intentSummary,
    String reason,
    boolean requiresStepUp,
    ApprovalTerms terms,
    Instant createdAt,
    Instant decideBy) {}

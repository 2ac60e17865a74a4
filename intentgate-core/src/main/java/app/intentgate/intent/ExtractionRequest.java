package app.intentgate.intent;

/**
 * A prompt to turn into an intent.
 *
 * @param tenant whose agent asks; answers are never shared between tenants (B39)
 * @param agentId the agent, or empty for a call without a token
 * @param prompt the user's words
 */
public record ExtractionRequest(String tenant, String agentId, String prompt) {}

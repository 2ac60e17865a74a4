package app.intentgate.policy.lifecycle;

/**
 * What an operator writes when saving a draft.
 *
 * @param name what it is called; may be empty
 * @param description what it is for; may be empty
 * @param source the Rego source
 * @param testsSource Rego tests; may be empty
 * @param requireTests whether it must not come into force while a test fails
 */
public record DraftText(
    String name, String description, String source, String testsSource, boolean requireTests) {}

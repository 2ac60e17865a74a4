package app.intentgate.policy.lifecycle;

/**
 * Names one revision of a draft, and pins its text.
 *
 * @param draftId the draft
 * @param revision the revision's number
 * @param sha256 the SHA-256 of its source, lower-case hex
 */
public record RevisionRef(String draftId, int revision, String sha256) {}

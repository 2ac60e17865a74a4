package app.intentgate.policy.lifecycle;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One saved state of a draft; never changed (B19).
 *
 * @param draftId the draft
 * @param number counts from 1 within the draft
 * @param name what operators call it; may be empty
 * @param description what it is for; may be empty
 * @param source the Rego source
 * @param sha256 the SHA-256 of the source's UTF-8 bytes, lower-case hex
 * @param testsSource Rego tests for it; empty when it has none
 * @param requireTests whether it must not come into force while a test fails
 * @param warnings what lint said when it was saved, as it is answered
 * @param testResults what its tests said when it was saved, as it is answered; null without tests
 * @param savedBy who saved it, as they authenticated
 * @param savedAt when
 */
public record PolicyRevision(
    String draftId,
    int number,
    String name,
    String description,
    String source,
    String sha256,
    String testsSource,
    boolean requireTests,
    JsonArray warnings,
    @Nullable JsonObject testResults,
    String savedBy,
    Instant savedAt) {
  /** The name of this revision. */
  public RevisionRef ref() {
    return new RevisionRef(draftId, number, sha256);
  }
}

package app.intentgate.policy.replay;

import app.intentgate.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run is about.
 *
 * @param source the candidate's source
 * @param currentSource the source it would take the place of; empty when not known
 * @param from the earliest call, or null
 * @param to the latest call, or null
 * @param limit the most calls
 * @param maxSamples the most samples
 * @param agentId only calls of this agent; empty for all
 * @param tool only calls of this tool; empty for all
 * @param tenant only calls of this tenant; empty for all
 * @param explain whether each sample says which rule decided, and what failed
 * @param inputs made-up inputs, in whose place no history is read; null for none
 */
public record DryRunRequest(
    String source,
    String currentSource,
    @Nullable Instant from,
    @Nullable Instant to,
    int limit,
    int maxSamples,
    String agentId,
    String tool,
    String tenant,
    boolean explain,
    @Nullable List<JsonObject> inputs) {
  /** The most calls of one dry run. */
  public static final int MAX_LIMIT = 100_000;

  /** The most samples of one dry run. */
  public static final int MAX_SAMPLES = 1_000;
}

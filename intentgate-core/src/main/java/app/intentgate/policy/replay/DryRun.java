package app.intentgate.policy.replay;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditQueryBuilder;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.StoredEvent;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.replay.Outcome.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a candidate on recorded calls, each once by its decision event (B24) and as of its
 * time, or on made-up inputs. Takes as long as that takes: not for threads that serve calls. Ends
 * when its thread is interrupted. Not thread-safe: one object for one run.
 */
public final class DryRun {
  private static final int PAGE = 1_000;
  private static final Pattern READS_ARGUMENTS = Pattern.compile("input\\.args\\b");

  private final AuditStore audit;
  private final PolicyEngine candidate;
  private final @Nullable PolicyExplainer explainer;
  private final DryRunRequest request;
  private final @Nullable Progress progress;
  private final Tally tally = new Tally();
  private final List<DryRunSample> samples = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  /** Hears how far a run is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * So many calls are done.
     *
     * @param total of how many at the most
     */
    void done(long evaluated, long total);
  }

  /**
   * A run.
   *
   * @param candidate the compiled candidate
   * @param explainer explains its decisions; null when nobody asked
   * @param progress hears how far it is; null when nobody listens
   */
  public DryRun(
      AuditStore audit,
      PolicyEngine candidate,
      @Nullable PolicyExplainer explainer,
      DryRunRequest request,
      @Nullable Progress progress) {
    this.audit = audit;
    this.candidate = candidate;
    this.explainer = explainer;
    this.request = request;
    this.progress = progress;
  }

  /**
   * Runs.
   *
   * @throws app.intentgate.audit.AuditException when the audit store does not answer
   * @throws CancellationException when the thread is interrupted
   */
  public DryRunReport run() {
    List<JsonObject> inputs = request.inputs();
    if (inputs == null) {
      replayHistory();
    } else {
      for (int i = 0; i < inputs.size(); i++) {
        stopWhenInterrupted();
        evaluate(i, inputs.get(i));
      }
    }
    DryRunSummary summary = tally.summary();
    boolean real = inputs == null;
    return new DryRunReport(
        summary,
        samples,
        real ? warnings() : List.of(),
        SafetyCheck.findings(request, summary, real),
        real && summary.evaluated() > 0);
  }

  private static void stopWhenInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the dry run was given up");
    }
  }

  private void replayHistory() {
    String cursor = null;
    long total = 0;
    do {
      AuditPage page = audit.query(query(cursor));
      if (cursor == null) {
        // At the most: outcomes are counted, and passed over.
        total = Math.min(request.limit(), page.total().orElse(0));
      }
      for (StoredEvent stored : page.events()) {
        if (tally.evaluated() >= request.limit()) {
          break;
        }
        stopWhenInterrupted();
        replay(stored.event());
      }
      cursor = page.nextCursor();
      if (progress != null) {
        progress.done(tally.evaluated(), Math.max(total, tally.evaluated()));
      }
    } while (cursor != null && tally.evaluated() < request.limit());
  }

  private AuditQuery query(@Nullable String cursor) {
    AuditQueryBuilder query =
        AuditQuery.builder()
            .event(AuditEventNames.TOOL_CALL)
            .from(request.from())
            .to(request.to())
            .agentId(request.agentId())
            .tool(request.tool())
            .tenant(request.tenant())
            .limit(PAGE)
            .cursor(cursor)
            .count(cursor == null && progress != null);
    return query.build();
  }

  private void replay(AuditEvent event) {
    if (event.phase() == AuditPhase.OUTCOME
        || (!event.callId().isEmpty() && !seen.add(event.callId()))) {
      return;
    }
    JsonObject input = ReplayInput.of(event);
    Word original = Outcome.recorded(event);
    Outcome outcome = Outcome.of(candidate, input, event.at()).inCall(event);
    tally.add(event, original, outcome.word());
    if (outcome.word() != original && samples.size() < request.maxSamples()) {
      boolean error = outcome.word() == Word.ERROR;
      samples.add(
          new DryRunSample(
              event.at(),
              null,
              event.callId(),
              event.tool(),
              event.agentId(),
              event.tenant(),
              original.wireName(),
              event.check(),
              event.reason(),
              outcome.word().wireName(),
              error ? "" : outcome.reason(),
              error ? outcome.reason() : "",
              event.argKeys(),
              explainer == null ? null : explainer.explain(input, event.at())));
    }
  }

  private void evaluate(int index, JsonObject input) {
    Outcome outcome = Outcome.of(candidate, input);
    tally.add(outcome.word());
    boolean error = outcome.word() == Word.ERROR;
    samples.add(
        new DryRunSample(
            null,
            index,
            "",
            text(input, "tool"),
            text(input, "agent_id"),
            "",
            "",
            "",
            "",
            outcome.word().wireName(),
            error ? "" : outcome.reason(),
            error ? outcome.reason() : "",
            List.of(),
            explainer == null ? null : explainer.explain(input)));
  }

  private static String text(JsonObject input, String name) {
    JsonValue value = input.get(name);
    String text = value == null ? null : value.asText();
    return text == null ? "" : text;
  }

  private List<String> warnings() {
    List<String> out = new ArrayList<>();
    if (tally.evaluated() == 0) {
      out.add(
          "no audit events matched the dry-run window. Either widen the time range or confirm"
              + " INTENTGATE_AUDIT_PERSIST is enabled on the gateway.");
    } else if (READS_ARGUMENTS.matcher(request.source()).find()) {
      out.add(aboutValues());
    }
    return out;
  }

  private String aboutValues() {
    String start = "the candidate policy references argument values (input.args.<key>); ";
    if (tally.withValues() == 0) {
      return start
          + "no replayed event carries arg_values, so every argument is null here and rules on"
          + " values do not hold. Set INTENTGATE_AUDIT_PERSIST_ARG_VALUES=scalars (numbers and"
          + " booleans) or raw, and replay newer traffic.";
    }
    if (tally.withoutValues() > 0) {
      return start
          + "some replayed events carry arg_values (faithful replay for numbers/bools) and some do"
          + " not (older audit rows; rules will silently no-op on those). This usually means a"
          + " recent INTENTGATE_AUDIT_PERSIST_ARG_VALUES=scalars rollout — widen the time range"
          + " once the buffer fills with new events to validate the rule cleanly.";
    }
    return start
        + "every replayed event carries arg_values: numbers and booleans are replayed as they"
        + " were, texts are null unless INTENTGATE_AUDIT_PERSIST_ARG_VALUES=raw.";
  }
}

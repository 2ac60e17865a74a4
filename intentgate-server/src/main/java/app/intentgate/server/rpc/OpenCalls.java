package app.intentgate.server.rpc;

import app.intentgate.Decision;
import app.intentgate.IntentGate;
import app.intentgate.audit.AuditEvent;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonValue;
import app.intentgate.opencall.OpenCall;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.store.Stages;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests whose stream ended before their answer came (mcp L9). Judged calls are in the store, so
 * that any gate of it can go on with them and exactly one records the outcome; what else is relayed
 * has none to record and stays with the session's gate. Thread-safe.
 */
final class OpenCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OpenCalls.class);

  /** How long an answer on another stream is waited for; as long as an idle session is kept. */
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final int LONGEST_ID = 64;
  private static final int AT_ONCE = 1_000;

  private final IntentGate gate;
  private final OpenCallStore store;
  private final AtomicBoolean looking = new AtomicBoolean();

  OpenCalls(IntentGate gate, OpenCallStore store) {
    this.gate = gate;
    this.store = store;
  }

  /** Keeps a request; complete once any gate can take it. */
  CompletionStage<Void> keep(Awaited request, SessionState session) {
    Decision.Allow decision = request.decision();
    if (decision == null) {
      session.park(request);
      return CompletableFuture.completedFuture(null);
    }
    AuditEvent draft = decision.draft();
    OpenCall call =
        new OpenCall(
            new OpenCall.Key(session(session), id(request.rpcId())),
            decision.callId(),
            draft.tool(),
            draft,
            gate.now());
    return store.keep(call).thenAccept(this::lose);
  }

  /**
   * Takes the request that an answer belongs to; empty when none waits for it.
   *
   * @param id the answer's id
   * @param message the answer, which spells the id
   */
  CompletionStage<Optional<Awaited>> take(SessionState session, JsonValue id, byte[] message) {
    Awaited here = session.unpark(id);
    if (here != null) {
      return CompletableFuture.completedFuture(Optional.of(here));
    }
    return Stages.map(
        store.take(new OpenCall.Key(session(session), id(id))),
        found -> found.map(call -> new HandedCall(gate, RequestId.of(id, message), id, call)));
  }

  /** Gives up what waits in a session that ended. */
  void end(SessionState session) {
    store.takeAll(session(session)).whenComplete(this::lost);
  }

  /** Gives up what waited too long, on whichever gate it began. */
  void expire() {
    expire(gate.now());
  }

  void expire(Instant now) {
    if (looking.compareAndSet(false, true)) {
      store
          .takeOlder(now.minus(KEPT), AT_ONCE)
          .whenComplete(this::lost)
          .whenComplete((calls, failure) -> looking.set(false));
    }
  }

  private void lost(@Nullable List<OpenCall> calls, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.warn("open calls could not be looked for: {}", failure.toString());
    } else if (calls != null) {
      lose(calls);
    }
  }

  /** Nobody is there to be told; what is recorded is the point. */
  private void lose(List<OpenCall> calls) {
    for (OpenCall call : calls) {
      HandedCall.record(gate, call, new UpstreamResult.TimedOut(0));
    }
  }

  private static OpenCall.Session session(SessionState session) {
    Owner owner = session.owner();
    // Not the id itself: whoever reads the store must not be able to speak in the session.
    return new OpenCall.Session(
        owner.tenant(),
        owner.chainId(),
        session.clientId().isEmpty() ? "" : sha256(session.clientId()));
  }

  private static String id(JsonValue id) {
    String json = new String(JsonOutput.plain().value(id).toByteArray(), StandardCharsets.UTF_8);
    return json.length() <= LONGEST_ID && json.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
        ? json
        : "sha256:" + sha256(json);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }
}

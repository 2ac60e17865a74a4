package app.intentgate.sdk;

import app.intentgate.Decision;
import app.intentgate.IntentGate;
import app.intentgate.ToolCall;
import app.intentgate.audit.AuditException;
import app.intentgate.check.Credential;
import app.intentgate.check.Outcome;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.token.CapabilityToken;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Calls tools of this program through a gate in this program: the same checks, the same audit, the
 * same exceptions as over HTTP, and no server. Thread-safe if its tools are.
 *
 * <p>A tool runs on the thread that calls it, where that waits ({@link #call}) or the decision is
 * there at once; otherwise on {@link LocalGateBuilder#executor}. It may take its time and call
 * other tools: no thread of the gate or of its stores is held up by it. A call that is cancelled
 * before its tool runs does not run it; one whose tool runs already goes on. Memory provenance is a
 * control of servers: a call that carries it is refused here with {@link
 * UnsupportedOperationException}, never judged without it.
 */
public final class LocalGate implements GateClient {
  private final IntentGate gate;
  private final TokenSource tokens;
  private final Map<String, LocalTool> tools;
  private final Executor executor;

  LocalGate(IntentGate gate, TokenSource tokens, Map<String, LocalTool> tools, Executor executor) {
    this.gate = gate;
    this.tokens = tokens;
    this.tools = tools;
    this.executor = executor;
  }

  /** A builder over a gate, which stays the caller's to close. */
  public static LocalGateBuilder over(IntentGate gate) {
    return new LocalGateBuilder(gate);
  }

  @Override
  public CompletableFuture<ToolResult> callAsync(
      String tool, JsonObject arguments, CallOptions options) {
    long start = System.nanoTime();
    CompletableFuture<Decision> judged = judge(tool, arguments, options);
    CompletableFuture<ToolResult> result = new CompletableFuture<>();
    Runnable goOn =
        () -> {
          try {
            Decision decision = judged.join();
            if (result.isDone() && decision instanceof Decision.Allow allow) {
              allow.failed(new CancellationException("given up before the tool ran"));
              return;
            }
            result.complete(run(decision, tool, arguments, start));
          } catch (Throwable e) {
            result.completeExceptionally(Waiting.unwrap(e));
          }
        };
    if (judged.isDone()) {
      goOn.run();
      return result;
    }
    // Not on the thread that completes it, which may be the only one that completes decisions.
    var unused =
        judged.whenComplete(
            (decision, failure) -> {
              try {
                executor.execute(goOn);
              } catch (RuntimeException e) {
                if (decision instanceof Decision.Allow allow) {
                  allow.failed(e);
                }
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  @Override
  public ToolResult call(String tool, JsonObject arguments, CallOptions options) {
    long start = System.nanoTime();
    return run(Waiting.on(judge(tool, arguments, options)), tool, arguments, start);
  }

  /** The decision about a call; fails with what the caller is to be told, and throws nothing. */
  private CompletableFuture<Decision> judge(
      String tool, JsonObject arguments, CallOptions options) {
    try {
      return gate.authorizeAsync(toJudge(tool, arguments, options))
          .toCompletableFuture()
          .handle(
              (decision, failure) -> {
                if (failure != null) {
                  throw unavailable(Waiting.unwrap(failure));
                }
                return decision;
              });
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private ToolCall toJudge(String tool, JsonObject arguments, CallOptions options) {
    if (options.memory() != null) {
      throw new UnsupportedOperationException("memory provenance is not checked in process");
    }
    CapabilityToken token = tokens.token(new TokenSource.Request(options.user(), null));
    ToolCall call =
        ToolCall.of(tool, arguments)
            .prompt(options.prompt())
            .session(options.taskId())
            .onBehalfOf(options.onBehalfOf())
            .resuming(options.approvalId());
    return token == null ? call : call.bearer(token);
  }

  private static RuntimeException unavailable(Throwable failure) {
    if (failure instanceof AuditException) {
      return new GateUnavailable(
          new Failure(
              -32603,
              "audit store unavailable",
              "audit store unavailable",
              "",
              "",
              null,
              false,
              failure),
          null);
    }
    return failure instanceof RuntimeException e
        ? e
        : new TransportError(Failure.of("the gate failed", false, failure));
  }

  private ToolResult run(Decision decision, String tool, JsonObject arguments, long start) {
    if (!(decision instanceof Decision.Allow allow)) {
      throw refused(decision);
    }
    LocalTool found = tools.get(tool);
    if (found == null) {
      allow.report(app.intentgate.CallOutcome.failed("no such tool", 0, 0, -32602));
      throw upstream(allow, "no tool is called " + tool, false, null);
    }
    ToolResult result;
    try {
      result = found.run(arguments, allow, start);
    } catch (Exception e) {
      allow.failed(e);
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw upstream(allow, "the tool failed: " + e.getClass().getSimpleName(), true, e);
    } catch (Throwable e) {
      allow.failed(e);
      throw e;
    }
    allow.completed(0, 0);
    return result;
  }

  private static UpstreamFailed upstream(
      Decision.Allow allow, String reason, boolean ran, @Nullable Exception cause) {
    return new UpstreamFailed(
        new Failure(
            -32603, "upstream error", reason, "upstream", allow.callId(), null, ran, cause));
  }

  private static IntentGateException refused(Decision decision) {
    if (decision instanceof Decision.Escalate escalate) {
      JsonObject data =
          JsonObject.of(
              "pending_id",
              JsonValue.of(escalate.pendingId()),
              "reason",
              JsonValue.of(escalate.reason()));
      return Denials.ofError(
          "escalate", "policy", decision.callId(), decision.code(), decision.message(), data);
    }
    Decision.Deny deny = (Decision.Deny) decision;
    return Denials.ofError(
        "block",
        deny.refusal().code().check().wireName(),
        deny.callId(),
        deny.code(),
        deny.message(),
        JsonValue.of(deny.reason()));
  }

  @Override
  public CompletableFuture<List<ToolDescription>> toolsAsync(CallOptions options) {
    try {
      return toolsOf(tokens.token(new TokenSource.Request(options.user(), null)), options);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<List<ToolDescription>> toolsOf(
      @Nullable CapabilityToken token, CallOptions options) {
    Credential shown = token == null ? Credential.NONE : new Credential.Bearer(token.encode());
    var admitted = gate.admit(shown, options.onBehalfOf());
    if (admitted instanceof Outcome.Deny<?> deny) {
      return CompletableFuture.failedFuture(
          Denials.ofError(
              "block",
              "capability",
              "",
              deny.refusal().code().code(),
              deny.refusal().code().message(),
              JsonValue.of(deny.refusal().reason())));
    }
    var caller = ((Outcome.Pass<app.intentgate.check.Caller>) admitted).value();
    return CompletableFuture.completedFuture(
        tools.values().stream()
            .map(LocalTool::description)
            .filter(tool -> gate.mayBeShown(caller, tool.name()))
            .toList());
  }

  /** Does nothing: the gate is its owner's to close. */
  @Override
  public void close() {}
}

package app.intentgate.server.rpc;

import app.intentgate.CallOutcome;
import app.intentgate.Decision;
import app.intentgate.IntentGate;
import app.intentgate.ToolCall;
import app.intentgate.check.Credential;
import app.intentgate.check.DenialCode;
import app.intentgate.intent.IntentException;
import app.intentgate.json.JsonObject;
import app.intentgate.server.http.HandOver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a request into a call, and hands the gate's decision on without waiting for it. */
final class Judge {
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

  private final IntentGate gate;
  private final HandOver work;
  private final Holding holding;

  /**
   * A judge.
   *
   * @param holding how calls are held that wait for a person
   * @param work goes on with a request whose decision took time: on the thread that learnt of the
   *     decision, which is not the one that makes the next ones durable
   */
  Judge(IntentGate gate, HandOver work, Holding holding) {
    this.gate = gate;
    this.holding = holding;
    this.work = work;
  }

  /**
   * The call a request makes.
   *
   * @throws RpcProblem when the tool's name or the prompt cannot be taken
   */
  ToolCall call(Inbound in, String tool, @Nullable JsonObject arguments, boolean expectsAnswer) {
    return call(in, tool, arguments, in.credential(), in.session(), expectsAnswer);
  }

  /** The call, with another credential or session than the request's headers name. */
  ToolCall call(
      Inbound in,
      String tool,
      @Nullable JsonObject arguments,
      Credential credential,
      @Nullable String session,
      boolean expectsAnswer) {
    try {
      return new ToolCall(
          tool,
          arguments,
          credential,
          in.header("X-IntentGate-OBO"),
          in.prompt(),
          session,
          in.approvalId(),
          in.remoteAddress(),
          expectsAnswer);
    } catch (IllegalArgumentException e) {
      throw CallParams.invalid(String.valueOf(e.getMessage()));
    } catch (IntentException e) {
      throw RpcProblem.of(-32602, "invalid intent prompt", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Judges a call and goes on: at once, or when that took time. A call whose client left meanwhile
   * is not carried out.
   */
  void decide(Inbound in, ToolCall call, Consumer<Decision> then, Runnable unavailable) {
    CompletionStage<Decision> stage = gate.authorizeAsync(call, holding.patience(in, call));
    if (stage instanceof CompletableFuture<Decision> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      in.isDecided();
      then.accept(future.join());
      return;
    }
    in.staysReadable();
    stage.whenComplete(
        (decision, failure) ->
            work.run(
                in.size(),
                () ->
                    AgentRoutes.guarded(
                        in,
                        () -> {
                          in.isDecided();
                          if (failure == null) {
                            goOn(in, decision, then);
                          } else {
                            LOG.error("a call could not be judged: {}", failure.toString());
                            unavailable.run();
                          }
                        })));
  }

  private static void goOn(Inbound in, Decision decision, Consumer<Decision> then) {
    if (decision instanceof Decision.Allow allow && in.isGone()) {
      allow.report(CallOutcome.failed("client left", 0, 0, 0));
      in.callId(decision.callId()).abandon();
    } else if (decision instanceof Decision.Deny deny
        && deny.refusal().code() == DenialCode.CLIENT_LEFT) {
      in.callId(decision.callId()).abandon();
    } else {
      then.accept(decision);
    }
  }
}

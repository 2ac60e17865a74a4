package app.intentgate.server.rpc;

import app.intentgate.ApprovalActions;
import app.intentgate.approval.Approval;
import app.intentgate.check.Caller;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.operator.Operator;
import app.intentgate.server.consent.ConsentLinks;
import app.intentgate.server.consent.ConsentQuestion;
import app.intentgate.server.consent.ConsentQuestion.Answer;
import app.intentgate.server.mcp.PendingStates;
import app.intentgate.server.mcp.PendingStates.Found;
import app.intentgate.server.mcp.SessionIds.Owner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the person behind an agent in the conversation, where the policy wants that person's consent
 * and the client can ask: in the era of sessions by a request on the call's own stream, in the
 * stateless one by an answer that the client goes on with (mcp M8). Nothing is kept here: what a
 * client sends back names the row, sealed for the token that made the call.
 */
final class Consents {
  private static final Logger LOG = LoggerFactory.getLogger(Consents.class);
  private static final String STATE = "requestState";
  private static final String REQUESTS = "inputRequests";
  private static final String RESPONSES = "inputResponses";

  /** What the question is called among the inputs of a round. */
  private static final String NAME = "app.intentgate/consent";

  private final @Nullable ApprovalActions approvals;
  private final @Nullable ConsentLinks links;
  private final PendingStates states;
  private final Executor executor;
  private final boolean holds;

  /**
   * Asks.
   *
   * @param approvals takes the answers; null when no calls wait
   * @param links where the page for people is; null when there is none
   * @param executor goes on once an answer is on record
   * @param holds whether callers are held for a while
   */
  Consents(
      @Nullable ApprovalActions approvals,
      @Nullable ConsentLinks links,
      PendingStates states,
      Executor executor,
      boolean holds) {
    this.approvals = approvals;
    this.links = links;
    this.states = states;
    this.executor = executor;
    this.holds = holds;
  }

  /** A further round of a call that waited. */
  record Resumed(RpcRequest request, String pendingId, Answer answer) {}

  private @Nullable JsonObject params(Inbound in, Approval row) {
    Conversation who = in.conversation();
    return who == null ? null : ConsentQuestion.of(row, who.elicits().get(), links);
  }

  /** Whether a call is answered by the question, instead of being held. */
  boolean asksInAnswer(Inbound in, Approval row) {
    return in.isModern() && !in.isResumed() && params(in, row) != null;
  }

  /** The request that asks about a row on the call's stream, or null when it cannot be asked so. */
  byte @Nullable [] question(Inbound in, Approval row) {
    Conversation who = in.conversation();
    JsonObject params = in.isModern() ? null : params(in, row);
    if (params == null || who == null) {
      return null;
    }
    return JsonWriter.goBytes(
        JsonObject.builder(4)
            .put("jsonrpc", "2.0")
            .put("id", states.question(row.id(), who.owner().get()))
            .put("method", ConsentQuestion.METHOD)
            .put("params", params)
            .build());
  }

  /** Takes what a client answers to such a request. */
  void answered(Inbound in, JsonValue id, JsonObject response, Caller caller) {
    String pendingId = states.asked(id, Sessions.owner(caller));
    if (pendingId == null) {
      ClientAnswers.nobodyWaits(in, RequestId.NONE);
      return;
    }
    Answer answer = ConsentQuestion.answerOf(response.get("result"));
    vote(in, pendingId, caller.tenant(), answer, in::accepted, RequestId.NONE);
  }

  /**
   * What a client is asked, or told, of a call that waits, in the stateless era; null when the call
   * is to be refused as one that waits.
   *
   * @param given the call as the client sent it
   */
  @Nullable JsonObject round(Inbound in, RpcRequest given, CallParams params, Owner owner) {
    Approval row = in.waitsFor();
    if (!in.isModern() || row == null) {
      return null;
    }
    JsonObject question = in.isResumed() ? null : params(in, row);
    if (question == null && !holds) {
      return null;
    }
    String state =
        states.state(
            owner,
            params.tool(),
            params.arguments(),
            new Found(row.id(), member(given, STATE), member(given, RESPONSES)));
    if (state == null) {
      return null;
    }
    JsonObject.Builder out = JsonObject.builder(3).put("resultType", "input_required");
    if (question != null) {
      JsonObject request =
          JsonObject.builder(2)
              .put("method", ConsentQuestion.METHOD)
              .put("params", question)
              .build();
      out.put(REQUESTS, JsonObject.of(NAME, request));
    }
    return out.put(STATE, state).build();
  }

  private static @Nullable JsonValue member(RpcRequest request, String name) {
    return request.params() instanceof JsonObject object ? object.get(name) : null;
  }

  /** The call that a request goes on with; null when it does not. */
  @Nullable Resumed resumed(
      Inbound in, RpcRequest request, CallParams params, Supplier<Owner> owner) {
    if (!in.isModern()
        || !(request.params() instanceof JsonObject given)
        || !(given.get(STATE) instanceof JsonString state)) {
      return null;
    }
    Found found = states.resumed(state.value(), owner.get(), params.tool(), params.arguments());
    if (found == null) {
      return null;
    }
    JsonObject.Builder out = JsonObject.builder(given.size());
    for (int i = 0; i < given.size(); i++) {
      String name = given.nameAt(i);
      if (!name.equals(STATE) && !name.equals(RESPONSES)) {
        out.put(name, given.valueAt(i));
      }
    }
    if (found.state() != null) {
      out.put(STATE, found.state());
    }
    if (found.responses() != null) {
      out.put(RESPONSES, found.responses());
    }
    JsonValue answer = given.get(RESPONSES) instanceof JsonObject all ? all.get(NAME) : null;
    return new Resumed(
        new RpcRequest(request.id(), request.method(), out.build()),
        found.pendingId(),
        ConsentQuestion.answerOf(answer));
  }

  /** Puts an answer on record, where there is one, and goes on. */
  void vote(
      Inbound in, String pendingId, String tenant, Answer answer, Runnable then, RequestId id) {
    if (answer == Answer.NONE || approvals == null) {
      then.run();
      return;
    }
    Operator person = new Operator("", tenant, "", in.remoteAddress(), "");
    CompletionStage<ApprovalActions.Result> stage =
        approvals.consent(pendingId, answer == Answer.ALLOW, "", person);
    Consumer<@Nullable Throwable> end =
        failure -> {
          if (failure == null) {
            // A row that is settled already says so when the call meets it.
            then.run();
          } else {
            LOG.error("a person's consent could not be recorded: {}", failure.toString());
            in.reply(200, RpcAnswer.error(id, -32603, "audit store unavailable"));
          }
        };
    CompletableFuture<ApprovalActions.Result> future = stage.toCompletableFuture();
    if (future.isDone() && !future.isCompletedExceptionally()) {
      end.accept(null);
      return;
    }
    var unused =
        future.whenCompleteAsync(
            (result, failure) -> AgentRoutes.guarded(in, () -> end.accept(failure)), executor);
  }
}

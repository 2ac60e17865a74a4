package app.intentgate.server.rpc;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.server.http.BodyReader;
import app.intentgate.server.http.FrontHandler;
import app.intentgate.server.http.HandOver;
import app.intentgate.server.http.Replies;
import app.intentgate.server.oauth.Presented;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/mcp} and {@code POST /v1/tool-call}: from bytes to a request that can be judged.
 */
public final class AgentRoutes implements FrontHandler.Agents {
  private static final Logger LOG = LoggerFactory.getLogger(AgentRoutes.class);

  private final McpRoute mcp;
  private final ClientAnswers clientAnswers;
  private final SessionRoute sessions;
  private final FlatRoute flat;
  private final Supplier<String> callIds;
  private final int maxBody;
  private final JsonLimits limits;
  private final Presenter presenter;
  private final Executor executor;
  private final HandOver work;

  /** Finds what a request presents. */
  @FunctionalInterface
  interface Presenter {
    /** What the values of {@code Authorization} present; complete at once, or later. */
    CompletionStage<Presented> present(List<String> authorization);
  }

  /**
   * The routes.
   *
   * @param callIds makes the ids of answers that no call was judged for
   * @param maxBody the largest body, in bytes
   * @param presenter finds what requests present
   * @param executor goes on with requests for which that took time
   */
  AgentRoutes(
      McpRoute mcp,
      ClientAnswers clientAnswers,
      SessionRoute sessions,
      FlatRoute flat,
      Supplier<String> callIds,
      int maxBody,
      Presenter presenter,
      Executor executor) {
    this.mcp = mcp;
    this.clientAnswers = clientAnswers;
    this.sessions = sessions;
    this.flat = flat;
    this.callIds = callIds;
    this.maxBody = maxBody;
    this.presenter = presenter;
    this.executor = executor;
    this.work = new HandOver(executor);
    this.limits = JsonLimits.ofDefaults().withMaxBytes(maxBody);
  }

  @Override
  public boolean hasStreams() {
    return sessions.isOn();
  }

  @Override
  public void everySecond() {
    sessions.everySecond();
  }

  @Override
  public void recordSummaries(boolean last) {
    sessions.recordSummaries(last);
  }

  @Override
  public void endStreams() {
    sessions.endStreams();
  }

  @Override
  public void mcp(Request request, Response response, Callback callback) {
    Inbound inbound = new Inbound(request, response, callback);
    if (!HttpMethod.POST.is(request.getMethod())) {
      guarded(inbound, () -> presented(inbound, () -> sessions.handle(inbound, callIds.get())));
      return;
    }
    serve(
        inbound,
        this::rpc,
        (in, why) ->
            reply(
                in,
                200,
                RpcAnswer.error(RequestId.NONE, -32700, "failed to read request body", why)));
  }

  @Override
  public void toolCall(Request request, Response response, Callback callback) {
    serve(
        new Inbound(request, response, callback),
        this::rpcOrFlat,
        (in, why) -> reply(in, 400, FlatAnswer.problem("read_body_failed", why)));
  }

  private void serve(
      Inbound in, BiConsumer<Inbound, byte[]> onBody, BiConsumer<Inbound, String> onFailure) {
    BodyReader.read(
        in.request(),
        maxBody,
        new BodyReader.Listener() {
          @Override
          public void onBody(byte[] body) {
            in.hasBody(body.length);
            work.run(
                body.length, () -> guarded(in, () -> presented(in, () -> onBody.accept(in, body))));
          }

          @Override
          public void onFailure(String why) {
            guarded(in, () -> onFailure.accept(in, why));
          }
        });
  }

  /** Goes on once it is known what a request presents: nearly always at once. */
  private void presented(Inbound in, Runnable step) {
    CompletionStage<Presented> stage =
        presenter.present(in.headers().getValuesList(HttpHeader.AUTHORIZATION));
    if (stage instanceof CompletableFuture<Presented> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      in.presents(future.join());
      step.run();
      return;
    }
    stage.whenCompleteAsync(
        (presented, failure) ->
            guarded(
                in,
                () -> {
                  if (failure != null) {
                    throw new IllegalStateException("a caller could not be told", failure);
                  }
                  in.presents(presented);
                  if (in.isGone()) {
                    in.abandon();
                  } else {
                    step.run();
                  }
                }),
        executor);
  }

  /** Runs a step of a request; a failure of ours becomes an answer that tells nothing. */
  static void guarded(Inbound in, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("a request could not be handled", e);
      in.reply(500, Replies.errorBody("internal_error"));
    }
  }

  private void rpc(Inbound in, byte[] body) {
    JsonValue document;
    try {
      document = JsonReader.parse(body, limits);
    } catch (JsonParseException e) {
      reply(
          in,
          200,
          RpcAnswer.error(RequestId.NONE, -32700, "invalid JSON", String.valueOf(e.getMessage())));
      return;
    }
    rpc(in, body, document);
  }

  private void rpc(Inbound in, byte[] body, JsonValue document) {
    try {
      if (ClientAnswers.isResponse(document) && document instanceof JsonObject response) {
        in.callId(callIds.get());
        clientAnswers.handle(in, response, RequestId.of(response.get("id"), body));
        return;
      }
      RpcRequest request = RpcRequest.of(document);
      mcp.handle(in, request, RequestId.of(request.id(), body));
    } catch (RpcProblem problem) {
      RequestId id = RequestId.of(problem.id(), body);
      reply(in, 200, RpcAnswer.error(id, problem.code(), problem.text(), problem.data()));
    }
  }

  private void rpcOrFlat(Inbound in, byte[] body) {
    JsonValue document;
    try {
      document = JsonReader.parse(body, limits);
    } catch (JsonParseException e) {
      reply(in, 400, FlatAnswer.problem("invalid_json", String.valueOf(e.getMessage())));
      return;
    }
    if (document instanceof JsonObject object && object.get("jsonrpc") == null) {
      try {
        flat.handle(in, object);
      } catch (RpcProblem problem) {
        reply(in, 400, FlatAnswer.problem("invalid_json", problem.text()));
      }
    } else if (document instanceof JsonObject) {
      rpc(in, body, document);
    } else {
      reply(in, 400, FlatAnswer.problem("invalid_json", "the body is no JSON object"));
    }
  }

  private void reply(Inbound in, int status, byte[] body) {
    in.callId(callIds.get()).reply(status, body);
  }
}

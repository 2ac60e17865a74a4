package app.intentgate.server.opa;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonWriter;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;
import app.intentgate.server.config.HeaderLine;
import app.intentgate.server.http.GateThreads;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a running OPA: {@code POST /v1/data/<path>}. Holds no thread while it waits, keeps its
 * connections, never follows a redirect, and takes at most 1 MiB within the time it was given. What
 * goes wrong refuses the call; the agent is told without address or server text (B5). Thread-safe.
 */
public final class OpaPolicyEngine implements PolicyEngine, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpaPolicyEngine.class);

  /** The largest answer. */
  static final int MAX_BYTES = 1 << 20;

  /** The most decisions that are waited for at a time. */
  static final int MAX_WAITING = 4096;

  /** Shorter than common servers and proxies keep a connection without use. */
  private static final Duration IDLE = Duration.ofSeconds(4);

  private static final int MAX_CONNECTIONS = 256;

  private final OpaEndpoint endpoint;
  private final URI uri;
  private final String sha256;
  private final HttpClient client;
  private final AtomicInteger waiting = new AtomicInteger();

  /** An engine over its own client. */
  public OpaPolicyEngine(OpaEndpoint endpoint) {
    this.endpoint = endpoint;
    this.uri = endpoint.uri();
    this.sha256 = endpoint.sha256();
    GateThreads threads = new GateThreads("intentgate-opa", 16, 2);
    threads.setDaemon(true);
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setExecutor(threads);
    connector.setConnectTimeout(endpoint.timeout());
    client = new HttpClient(new HttpClientTransportOverHTTP(connector));
    client.setExecutor(threads);
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setIdleTimeout(IDLE.toMillis());
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    client.setMaxRequestsQueuedPerDestination(MAX_WAITING);
    client.setConnectTimeout(endpoint.timeout().toMillis());
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the client of the policy server does not start", e);
    }
    client.getProtocolHandlers().clear();
    client.getContentDecoderFactories().clear();
  }

  @Override
  public PolicyDecision evaluate(JsonObject input) {
    try {
      return decide(input).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PolicyException said) {
        throw said;
      }
      throw new PolicyException("policy: no decision", e);
    }
  }

  @Override
  public CompletionStage<PolicyDecision> decide(JsonObject input) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      throw new PolicyException("policy: no decision: too many are waited for");
    }
    CompletableFuture<PolicyDecision> decision = new CompletableFuture<>();
    try {
      request(input).send(new Answer(decision));
    } catch (RuntimeException e) {
      waiting.decrementAndGet();
      throw new PolicyException("policy: no decision", e);
    }
    return decision;
  }

  private Request request(JsonObject input) {
    long timeout = endpoint.timeout().toMillis();
    Request request =
        client
            .newRequest(uri)
            .method(HttpMethod.POST)
            .timeout(timeout, TimeUnit.MILLISECONDS)
            .idleTimeout(timeout, TimeUnit.MILLISECONDS)
            .headers(headers -> headers.put(HttpHeader.ACCEPT, "application/json"))
            .body(
                new BytesRequestContent(
                    "application/json", JsonWriter.toBytes(JsonObject.of("input", input))));
    HeaderLine credential = endpoint.credential();
    return credential == null
        ? request
        : request.headers(h -> h.put(credential.name(), credential.value()));
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public String label() {
    return "opa:" + endpoint.document();
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the client of the policy server does not stop", e);
    }
  }

  /** Collects one answer and completes the decision with it. */
  private final class Answer extends BufferingResponseListener {
    private final CompletableFuture<PolicyDecision> decision;

    Answer(CompletableFuture<PolicyDecision> decision) {
      super(MAX_BYTES);
      this.decision = decision;
    }

    @Override
    public void onComplete(Result result) {
      waiting.decrementAndGet();
      Throwable failure = result.getFailure();
      if (failure != null) {
        LOG.warn("the policy server gave no answer: {}", String.valueOf(failure));
        decision.completeExceptionally(new PolicyException(said(failure), failure));
        return;
      }
      byte[] body = getContent();
      try {
        decision.complete(
            OpaAnswer.decision(
                result.getResponse().getStatus(), body == null ? new byte[0] : body, MAX_BYTES));
      } catch (PolicyException e) {
        LOG.warn("the policy server gave no decision: {}", e.getMessage());
        decision.completeExceptionally(e);
      } catch (RuntimeException e) {
        LOG.warn("the policy server's answer cannot be read", e);
        decision.completeExceptionally(e);
      }
    }

    private String said(Throwable failure) {
      if (failure instanceof TimeoutException) {
        return "policy: no decision: the policy server did not answer in time";
      }
      return failure instanceof IllegalArgumentException
          ? "policy: no decision: the answer is too large"
          : "policy: no decision: the policy server cannot be reached";
    }
  }
}

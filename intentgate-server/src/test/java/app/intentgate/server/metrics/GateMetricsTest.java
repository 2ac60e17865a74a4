package app.intentgate.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonValue;
import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.store.StoreUnavailableException;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted, under which labels, and that counting changes nothing. */
class GateMetricsTest {
  private final GateMetrics metrics = new GateMetrics();

  private List<String> lines(String series) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, metrics.registry().scrape());
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("intentgate_gateway_" + series))
        .map(line -> line.substring("intentgate_gateway_".length()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "/healthz,/healthz",
    "/healthz/,other",
    "/readyz,other",
    "/v1/mcp,/v1/mcp",
    "/v1/MCP,other",
    "/v1/tool-call,/v1/tool-call",
    "/metrics,/metrics",
    "/v1/admin/mint,/v1/admin/mint",
    "/v1/admin/mint/x,other",
    "/v1/admin/approvals,/v1/admin/approvals",
    "/v1/admin/approvals/p-1,other",
    "/v1/admin/approvals/p-1/decide,/v1/admin/approvals/decide",
    "/v1/admin/approvals/a/b/decide,/v1/admin/approvals/decide",
    "/v1/admin/approvals/stream,other",
    "/v1/admin/policies/drafts,/v1/admin/policies/drafts",
    "/v1/admin/policies/drafts/,/v1/admin/policies/drafts/{id}",
    "/v1/admin/policies/drafts/d-1,/v1/admin/policies/drafts/{id}",
    "/v1/admin/policies/active,/v1/admin/policies/active",
    "/v1/admin/audit/export,other",
    "'',other",
    "/,other"
  })
  void aPathIsCountedUnderOneOfAFewRoutes(String path, String route) {
    assertThat(MeteredHandler.route(path)).isEqualTo(route);
  }

  @ParameterizedTest
  @CsvSource({
    "0,unknown",
    "99,unknown",
    "100,1xx",
    "199,1xx",
    "200,2xx",
    "299,2xx",
    "304,3xx",
    "404,4xx",
    "499,4xx",
    "500,5xx",
    "599,5xx",
    "600,unknown",
    "-1,unknown"
  })
  void aStatusIsCountedByItsClass(int status, String labelled) throws Exception {
    metrics.answered("POST", "/v1/mcp", status, 1_500_000);
    assertThat(lines("http_requests_total{method=\"POST\""))
        .containsExactly(
            "http_requests_total{method=\"POST\",route=\"/v1/mcp\",status=\""
                + labelled
                + "\"} 1.0");
    assertThat(lines("http_request_duration_seconds_sum"))
        .containsExactly(
            "http_request_duration_seconds_sum{method=\"POST\",route=\"/v1/mcp\"} 0.0015");
  }

  @Test
  void whatIsCountedManyTimesIsOneSeries() throws Exception {
    for (int i = 0; i < 5; i++) {
      metrics.answered("GET", "other", 200 + i, 1);
      metrics.answered("GET", "other", 404, 1);
    }
    assertThat(lines("http_requests_total{method=\"GET\",route=\"other\""))
        .containsExactly(
            "http_requests_total{method=\"GET\",route=\"other\",status=\"2xx\"} 5.0",
            "http_requests_total{method=\"GET\",route=\"other\",status=\"4xx\"} 5.0");
    assertThat(lines("http_request_duration_seconds_count"))
        .containsExactly("http_request_duration_seconds_count{method=\"GET\",route=\"other\"} 10");
  }

  @Test
  void theSeriesOfItsOwnScrapeIsThereFromTheBeginning() throws Exception {
    assertThat(lines("http_requests_total"))
        .containsExactly(
            "http_requests_total{method=\"GET\",route=\"/metrics\",status=\"2xx\"} 0.0");
    assertThat(lines("check_decisions_total")).as("what did not happen is not shown").isEmpty();
  }

  @Test
  void aLabelThatHoldsAnythingStaysOneLabel() throws Exception {
    metrics.forwarded("a\"b\\c\nd", 1);
    assertThat(lines("upstream_forward_total"))
        .containsExactly("upstream_forward_total{outcome=\"a\\\"b\\\\c\\nd\"} 1.0");
  }

  /** A server that answers as it is told. */
  private static final class Server implements UpstreamClient {
    private final List<Listener> listeners = new ArrayList<>();
    private final List<UpstreamReceiver> receivers = new ArrayList<>();
    private int closed;

    @Override
    public Exchange send(UpstreamRequest request, Listener listener) {
      listeners.add(listener);
      return () -> closed += 10;
    }

    @Override
    public Exchange open(UpstreamRequest request, UpstreamReceiver receiver) {
      receivers.add(receiver);
      return () -> closed += 100;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private static final class Client implements UpstreamClient.Listener, UpstreamReceiver {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void onResult(UpstreamResult result, UpstreamHead head) {
      heard.add("result");
    }

    @Override
    public void onServerRequest(JsonValue id) {
      heard.add("asked " + id);
    }

    @Override
    public void onStream(UpstreamHead head) {
      heard.add("stream");
    }

    @Override
    public void onEvents(List<StreamEvent> events, Runnable more) {
      heard.add("events");
      more.run();
    }

    @Override
    public void onAnswer(UpstreamHead head, byte[] body) {
      heard.add("answer");
    }

    @Override
    public void onStreamEnd() {
      heard.add("end");
    }

    @Override
    public void onFailure(UpstreamResult failure) {
      heard.add("failure");
    }
  }

  private static UpstreamHead head(int status) {
    return new UpstreamHead(status, null, null, List.of());
  }

  @Test
  void anExchangeIsCountedWhenItEndsByHowItDid() throws Exception {
    Server server = new Server();
    UpstreamClient metered = new MeteredUpstream(server, metrics);
    UpstreamRequest request = new UpstreamRequest(new byte[0], null, null, List.of());
    Client client = new Client();
    metered.send(request, client).cancel();
    server.listeners.get(0).onServerRequest(JsonNumber.of(7));
    assertThat(lines("upstream_forward_total")).isEmpty();
    server.listeners.get(0).onResult(new UpstreamResult.Result(200, 1, JsonNull.NULL), head(200));
    server.listeners.get(0).onResult(new UpstreamResult.TimedOut(0), head(0));
    server.listeners.get(0).onResult(new UpstreamResult.Broken(0), head(0));
    server.listeners.get(0).onResult(new UpstreamResult.TooLarge(200), head(200));
    for (int i = 0; i < 5; i++) {
      metered.open(request, client).cancel();
    }
    server.receivers.get(0).onStream(head(200));
    server.receivers.get(0).onEvents(List.of(), () -> client.heard.add("more"));
    server.receivers.get(0).onStreamEnd();
    server.receivers.get(1).onAnswer(head(399), new byte[0]);
    server.receivers.get(2).onAnswer(head(400), new byte[0]);
    server.receivers.get(3).onFailure(new UpstreamResult.TimedOut(0));
    metered.close();
    assertThat(lines("upstream_forward_total"))
        .containsExactlyInAnyOrder(
            "upstream_forward_total{outcome=\"success\"} 3.0",
            "upstream_forward_total{outcome=\"timeout\"} 2.0",
            "upstream_forward_total{outcome=\"transport\"} 1.0",
            "upstream_forward_total{outcome=\"upstream_http\"} 2.0");
    assertThat(client.heard)
        .containsExactly(
            "asked 7", "result", "result", "result", "result", "stream", "events", "more", "end",
            "answer", "answer", "failure");
    assertThat(server.closed).as("cancelled and closed through").isEqualTo(511);
  }

  /** A store that says what it is told to. */
  private static final class Revocations implements RevocationStore {
    private @Nullable Boolean revoked;

    @Override
    public boolean isRevoked(String tenant, String id) {
      if (revoked == null) {
        throw new StoreUnavailableException("away", new IllegalStateException());
      }
      return revoked;
    }

    @Override
    public boolean listsChainIds() {
      return true;
    }

    @Override
    public CompletionStage<Revocation> revoke(Revocation revocation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Revocation> list(@Nullable String tenant, int limit, int offset) {
      return List.of();
    }
  }

  @Test
  void aLookUpIsCountedAlsoWhereTheStoreIsAwayAndFailsAllTheSame() throws Exception {
    Revocations store = new Revocations();
    MeteredRevocations metered = new MeteredRevocations(store, metrics);
    store.revoked = true;
    assertThat(metered.isRevoked("t", "1")).isTrue();
    store.revoked = false;
    assertThat(metered.isRevoked("t", "1")).isFalse();
    assertThat(metered.isRevoked("t", "2")).isFalse();
    assertThat(metered.listsChainIds()).isTrue();
    store.revoked = null;
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> metered.isRevoked("t", "1"))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(lines("revocation_lookups_total"))
        .containsExactlyInAnyOrder(
            "revocation_lookups_total{result=\"error\"} 1.0",
            "revocation_lookups_total{result=\"not_revoked\"} 2.0",
            "revocation_lookups_total{result=\"revoked\"} 1.0");
    assertThat(lines("revocation_lookup_duration_seconds_count"))
        .containsExactly("revocation_lookup_duration_seconds_count 4");
  }

  @Test
  void aPointIsLookedUpOnceAndNotBeforeItIsCounted() {
    List<Integer> found = new ArrayList<>();
    Points<Object> points =
        new Points<>(
            3,
            number -> {
              found.add(number);
              return new Object();
            });
    assertThat(points.at(2)).isSameAs(points.at(2)).isNotSameAs(points.at(0));
    assertThat(found).containsExactly(2, 0);
  }
}

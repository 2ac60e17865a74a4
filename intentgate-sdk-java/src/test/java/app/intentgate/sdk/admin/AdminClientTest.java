package app.intentgate.sdk.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditQuery;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.sdk.FakeGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the admin client sends, and what it makes of odd answers. */
@Timeout(60)
class AdminClientTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final FakeGate gate = new FakeGate();
  private final AdminClient admin =
      AdminClient.builder()
          .url(gate.url() + "/")
          .token("secret")
          .timeout(Duration.ofSeconds(20))
          .build();

  @AfterEach
  void close() {
    admin.close();
    gate.close();
  }

  private FakeGate.Seen last() {
    return gate.requests.get(gate.requests.size() - 1);
  }

  @Test
  void filtersAreEscapedAndPagesFollowed() {
    gate.always(
        200,
        JSON,
        "{\"events\":[{\"tool\":\"a\",\"seq\":2},{\"tool\":\"b\",\"new_member\":1}],\"total\":5}");
    AuditQuery query =
        AuditQuery.builder()
            .tool("read_a&b=c d/é")
            .tenant("acme")
            .from(Instant.parse("2026-01-02T03:04:05Z"))
            .limit(2)
            .count(true)
            .build();

    AuditEntries page = admin.audit().query(query);

    assertThat(last().path())
        .isEqualTo(
            "/v1/admin/audit?from=2026-01-02T03%3A04%3A05Z&tool=read_a%26b%3Dc%20d%2F%C3%A9"
                + "&tenant=acme&limit=2&count=true");
    assertThat(last().header("Authorization")).isEqualTo("Bearer secret");
    assertThat(page.events()).extracting(AuditEntry::tool).containsExactly("a", "b");
    assertThat(page.total()).hasValue(5);
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void allEventsAreFetchedPageByPage() {
    String[] pages = {
      "{\"events\":[{\"tool\":\"a\"}],\"next_cursor\":\"x y\"}",
      "{\"events\":[],\"next_cursor\":\"z\"}",
      "{\"events\":[{\"tool\":\"b\"}]}"
    };
    int before = gate.requests.size();
    gate.always(200, JSON, pages[0]);
    var events = admin.audit().all(AuditQuery.all()).iterator();
    assertThat(events.next().tool()).isEqualTo("a");
    gate.always(200, JSON, pages[2]);

    assertThat(events.next().tool()).isEqualTo("b");

    assertThat(events.hasNext()).isFalse();
    assertThat(last().path()).endsWith("cursor=x%20y");
    assertThat(gate.requests).hasSize(before + 2);
  }

  @Test
  void anExportIsReadWhileItComes() throws Exception {
    gate.always(200, Map.of("Content-Type", "text/csv"), "ts,event\n1,2\n");
    try (InputStream csv = admin.audit().export("csv", AuditQuery.all())) {
      assertThat(new String(csv.readAllBytes(), StandardCharsets.UTF_8)).startsWith("ts,event");
    }
    assertThat(last().path()).isEqualTo("/v1/admin/audit/export?format=csv");

    gate.always(400, JSON, "{\"error\":\"format must be 'csv' or 'json'\"}");
    assertThatThrownBy(() -> admin.audit().export("xml", AuditQuery.all()))
        .isInstanceOf(AdminException.class)
        .hasMessage("HTTP 400: format must be 'csv' or 'json'");
  }

  @Test
  void aPolicyIsPromotedInTheVeryRevisionThatWasRead() {
    gate.always(
        200,
        JSON,
        "{\"id\":\"d1\",\"rego_source\":\"package x\",\"revision\":3,\"rego_sha256\":\"ab\"}");
    PolicyDraft draft = admin.policies().draft("d/1");
    assertThat(last().path()).isEqualTo("/v1/admin/policies/drafts/d%2F1");

    gate.always(200, JSON, "{\"active\":{\"current_draft_id\":\"d1\"},\"swapped\":true}");
    PolicySlot slot = admin.policies().promote(draft, "ann", "");
    assertThat(String.valueOf(last().body()))
        .isEqualTo(
            "{\"draft_id\":\"d1\",\"promoted_by\":\"ann\",\"revision\":3,\"rego_sha256\":\"ab\"}");
    assertThat(slot.swapped()).isTrue();
    assertThat(slot.currentDraftId()).isEqualTo("d1");

    admin.policies().approve(draft, "bob", "acme");
    assertThat(String.valueOf(last().body()))
        .isEqualTo(
            "{\"acted_by\":\"bob\",\"tenant\":\"acme\",\"revision\":3,\"rego_sha256\":\"ab\"}");

    admin.policies().dryRun("package y", JsonObject.of("limit", JsonValue.of(5)));
    assertThat(String.valueOf(last().body())).isEqualTo("{\"limit\":5,\"rego\":\"package y\"}");
  }

  @Test
  void refusalsKeepTheirStatusAndWhatCameWithThem() {
    gate.always(409, JSON, "{\"error\":\"already decided\",\"current\":{\"status\":\"rejected\"}}");
    assertThatThrownBy(() -> admin.approvals().approve("p1", "bob", ""))
        .isInstanceOfSatisfying(
            AdminException.class,
            e -> {
              assertThat(e.isConflict()).isTrue();
              assertThat(String.valueOf(e.body())).contains("rejected");
            });
    gate.always(401, JSON, "{\"error\":\"invalid or missing admin token\"}");
    assertThatThrownBy(() -> admin.tokens().mint(MintRequest.to("a")))
        .isInstanceOfSatisfying(AdminException.class, e -> assertThat(e.isDenied()).isTrue())
        .hasMessageNotContaining("secret");
    gate.always(404, Map.of("Content-Type", "text/plain"), "404 page not found");
    assertThatThrownBy(() -> admin.policies().active(""))
        .isInstanceOfSatisfying(AdminException.class, e -> assertThat(e.isNotFound()).isTrue());
  }

  @Test
  void anAnswerThatIsNoObjectIsNoAnswer() {
    for (String body : new String[] {"", "[]", "<html>", "{\"a\":1,\"a\":2}"}) {
      gate.always(200, JSON, body);
      assertThatThrownBy(() -> admin.get("/v1/admin/tenants"))
          .isInstanceOfSatisfying(AdminException.class, e -> assertThat(e.status()).isZero());
    }
    gate.close();
    assertThatThrownBy(() -> admin.get("/v1/admin/tenants")).isInstanceOf(AdminException.class);
  }

  @Test
  void urlAndTokenAreNeeded() {
    assertThatThrownBy(() -> AdminClient.builder().url("gate").build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AdminClient.builder().url(gate.url()).build())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTokenWithALineBreakAroundItIsSentWithoutIt() {
    gate.always(200, JSON, "{}");
    try (AdminClient client = AdminClient.builder().url(gate.url()).token("secret\n").build()) {
      client.whoami();
    }
    assertThat(last().header("Authorization")).isEqualTo("Bearer secret");
  }

  @Test
  void aTokenThatNoHeaderCanCarryIsRefusedWithoutBeingShown() {
    try (AdminClient client =
        AdminClient.builder().url(gate.url()).token("first\nsecond").build()) {
      assertThatThrownBy(client::whoami)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the operator's token")
          .hasMessageNotContaining("first")
          .hasMessageNotContaining("second");
    }
  }

  @Test
  void anAddressWithAPasswordIsRefusedWithoutShowingIt() {
    for (String url :
        new String[] {
          "http://ann:pw1@gate", "ftp://ann:pw1@gate", "http://ann:pw1 @gate", "ann:pw1@gate"
        }) {
      assertThatThrownBy(() -> AdminClient.builder().url(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("pw1");
    }
  }

  private GateEvents followingASilentGate(CountDownLatch release) {
    gate.script(
        (exchange, seen) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("id: 7\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          await(release);
        });
    return admin.audit().follow("", "");
  }

  private static void await(CountDownLatch release) {
    try {
      release.await(50, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void closingTheClientEndsTheStreamsThatAreOpen() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    GateEvents events = followingASilentGate(release);
    assertThat(events.next().id()).isEqualTo("7");
    CompletableFuture<GateEvent> next =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return events.next();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    CompletableFuture.runAsync(admin::close).get(20, TimeUnit.SECONDS);

    assertThat(next.handle((event, failure) -> event).get(20, TimeUnit.SECONDS)).isNull();
    release.countDown();
  }

  @Test
  @Timeout(20)
  void aRefusalThatNeverEndsIsNotWaitedForLongerThanTheTimeOut() {
    CountDownLatch release = new CountDownLatch(1);
    gate.script(
        (exchange, seen) -> {
          exchange.sendResponseHeaders(503, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await(release);
        });
    try (AdminClient client =
        AdminClient.builder()
            .url(gate.url())
            .token("secret")
            .timeout(Duration.ofMillis(300))
            .build()) {
      assertThatThrownBy(() -> client.audit().follow("", "")).isInstanceOf(AdminException.class);
    }
    release.countDown();
  }
}

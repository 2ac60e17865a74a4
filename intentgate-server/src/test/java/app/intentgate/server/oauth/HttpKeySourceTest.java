package app.intentgate.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an issuer's keys are found over HTTP, and what an issuer's server may answer. */
@Timeout(60)
class HttpKeySourceTest {
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  private static HttpServer server;
  private static ExecutorService threads;
  private static BoundedFetch fetch;
  private static String origin;
  private static byte[] keys;

  private static final Map<String, Answer> ANSWERS = new ConcurrentHashMap<>();
  private static final List<String> ASKED = new CopyOnWriteArrayList<>();

  /** What is done with a request. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeAll
  static void start() throws Exception {
    keys =
        new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k1").generate().toPublicJWK())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          ASKED.add(exchange.getRequestURI().toString());
          Answer answer = ANSWERS.get(exchange.getRequestURI().getPath());
          if (answer == null) {
            send(exchange, 404, new byte[0]);
          } else {
            answer.to(exchange);
          }
        });
    server.start();
    origin = "http://127.0.0.1:" + server.getAddress().getPort();
    fetch = new BoundedFetch(Duration.ofSeconds(20));
  }

  @AfterAll
  static void stop() {
    fetch.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @BeforeEach
  void forget() {
    ANSWERS.clear();
    ASKED.clear();
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void answer(String path, int status, byte[] body) {
    ANSWERS.put(path, exchange -> send(exchange, status, body));
  }

  private static void metadata(String path, String issuer, String keysAddress) {
    String json = "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keysAddress + "\"}";
    answer(path, 200, json.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpKeySource source(String issuer, @Nullable URI configured) {
    return new HttpKeySource(fetch, issuer, configured);
  }

  private static boolean hasKey(HttpKeySource source) {
    return !source
        .fetch()
        .toCompletableFuture()
        .join()
        .of(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build())
        .isEmpty();
  }

  private static void fails(HttpKeySource source) {
    assertThatThrownBy(() -> source.fetch().toCompletableFuture().join()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'',/.well-known/openid-configuration,/.well-known/oauth-authorization-server",
    "/,/.well-known/openid-configuration,/.well-known/oauth-authorization-server",
    "/a/b,/a/b/.well-known/openid-configuration,/.well-known/oauth-authorization-server/a/b",
    "/a/,/a/.well-known/openid-configuration,/.well-known/oauth-authorization-server/a",
    "/a%20b,/a%20b/.well-known/openid-configuration,/.well-known/oauth-authorization-server/a%20b"
  })
  void metadataIsLookedForInBothItsPlaces(String path, String openid, String oauth) {
    fails(source(origin + path, null));
    assertThat(ASKED).containsExactly(openid, oauth);
  }

  @ParameterizedTest
  @ValueSource(strings = {OPENID, OAUTH})
  void eitherMetadataLeadsToTheKeysAndIsNotAskedAgain(String place) {
    metadata(place, origin, origin + "/keys?v=1");
    answer("/keys", 200, keys);
    HttpKeySource source = source(origin, null);
    assertThat(hasKey(source)).isTrue();
    ASKED.clear();
    assertThat(hasKey(source)).isTrue();
    assertThat(ASKED).containsExactly("/keys?v=1");
  }

  @Test
  void keysThatMovedAreLookedForAgain() {
    metadata(OPENID, origin, origin + "/old");
    answer("/old", 200, keys);
    HttpKeySource source = source(origin, null);
    assertThat(hasKey(source)).isTrue();
    answer("/old", 410, new byte[0]);
    metadata(OPENID, origin, origin + "/new");
    answer("/new", 200, keys);
    fails(source);
    assertThat(hasKey(source)).isTrue();
    assertThat(ASKED).endsWith("/new");
  }

  @Test
  void configuredKeysAreAskedForWhereTheyAreAndNowhereElse() {
    metadata(OPENID, origin, origin + "/other");
    HttpKeySource source = source(origin, URI.create(origin + "/keys"));
    fails(source);
    answer("/keys", 200, keys);
    assertThat(hasKey(source)).isTrue();
    assertThat(ASKED).containsExactly("/keys", "/keys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'issuer':'ORIGIN/','jwks_uri':'ORIGIN/keys'}",
        "{'issuer':'https://evil.example','jwks_uri':'ORIGIN/keys'}",
        "{'jwks_uri':'ORIGIN/keys'}",
        "{'issuer':'ORIGIN'}",
        "{'issuer':'ORIGIN','jwks_uri':7}",
        "{'issuer':'ORIGIN','jwks_uri':''}",
        "{'issuer':'ORIGIN','jwks_uri':'/keys'}",
        "{'issuer':'ORIGIN','jwks_uri':'file:///etc/passwd'}",
        "{'issuer':'ORIGIN','jwks_uri':'ftp://127.0.0.1/keys'}",
        "{'issuer':'ORIGIN','jwks_uri':'http:keys'}",
        "{'issuer':'ORIGIN','jwks_uri':'not an address'}",
        "{'issuer':'ORIGIN','issuer':'ORIGIN','jwks_uri':'ORIGIN/keys'}",
        "['ORIGIN']",
        "<html>"
      })
  void metadataThatIsNotTheIssuersOwnOrNamesNoPlaceLeadsNowhere(String json) {
    answer("/keys", 200, keys);
    byte[] body =
        json.replace('\'', '"').replace("ORIGIN", origin).getBytes(StandardCharsets.UTF_8);
    answer(OPENID, 200, body);
    fails(source(origin, null));
    assertThat(ASKED).containsExactly(OPENID, OAUTH);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 301, 302, 307, 400, 401, 404, 500, 503})
  void onlyAnOrdinaryAnswerIsOne(int status) {
    ANSWERS.put(
        "/keys",
        exchange -> {
          exchange.getResponseHeaders().add("Location", origin + "/elsewhere");
          send(exchange, status, status == 204 ? new byte[0] : keys);
        });
    answer("/elsewhere", 200, keys);
    fails(source(origin, URI.create(origin + "/keys")));
    assertThat(ASKED).as("a redirect is not followed").containsExactly("/keys");
  }

  @Test
  void anAnswerMayHave256KibibytesAndNoMore() {
    byte[] exact = new byte[BoundedFetch.MAX_BYTES];
    java.util.Arrays.fill(exact, (byte) ' ');
    System.arraycopy(keys, 0, exact, 0, keys.length);
    answer("/keys", 200, exact);
    assertThat(hasKey(source(origin, URI.create(origin + "/keys")))).isTrue();
    answer("/keys", 200, java.util.Arrays.copyOf(exact, exact.length + 1));
    fails(source(origin, URI.create(origin + "/keys")));
    ANSWERS.put(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(exact);
          exchange.getResponseBody().write(' ');
          exchange.close();
        });
    fails(source(origin, URI.create(origin + "/keys")));
  }

  @Test
  void anAnswerThatIsPackedIsNotUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(keys);
    }
    ANSWERS.put(
        "/keys",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          send(exchange, 200, packed.toByteArray());
        });
    fails(source(origin, URI.create(origin + "/keys")));
  }

  @Test
  void nothingThatAServerSetsIsSentBack() {
    List<String> cookies = new CopyOnWriteArrayList<>();
    ANSWERS.put(
        "/keys",
        exchange -> {
          cookies.add(String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")));
          cookies.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
          exchange.getResponseHeaders().add("Set-Cookie", "a=b; Path=/");
          send(exchange, 200, keys);
        });
    HttpKeySource source = source(origin, URI.create(origin + "/keys"));
    assertThat(hasKey(source)).isTrue();
    assertThat(hasKey(source)).isTrue();
    assertThat(cookies).containsOnly("null").hasSize(4);
  }

  @Test
  void aConnectionThatIsCutIsAFailureAndTheNextIsTriedAnew() {
    ANSWERS.put(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys, 0, keys.length / 2);
          exchange.getResponseBody().flush();
          throw new IOException("cut");
        });
    HttpKeySource source = source(origin, URI.create(origin + "/keys"));
    fails(source);
    answer("/keys", 200, keys);
    assertThat(hasKey(source)).isTrue();
  }
}

package app.intentgate.server.exchange;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An OAuth authorization server: metadata, keys, and tokens for whoever asks. */
public final class FakeIssuer implements AutoCloseable {
  /** What its tokens are for. */
  public static final String AUDIENCE = "https://gate.example/v1/mcp";

  private static final RSAKey FIRST = key("k1");
  private static final RSAKey SECOND = key("k2");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile RSAKey signing = FIRST;
  private volatile HttpHandler keys = this::publish;

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts one on a free port. */
  public FakeIssuer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 200);
    server.setExecutor(threads);
    server.createContext(
        "/.well-known/oauth-authorization-server",
        exchange ->
            json(
                exchange,
                200,
                "{\"issuer\":\""
                    + issuer()
                    + "\",\"jwks_uri\":\""
                    + issuer()
                    + "/keys\",\"token_endpoint\":\""
                    + issuer()
                    + "/token\"}"));
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          keys.handle(exchange);
        });
    server.createContext(
        "/token",
        exchange -> {
          String form =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String resource =
              java.net.URLDecoder.decode(
                  form.replaceAll(".*resource=([^&]*).*", "$1"), StandardCharsets.UTF_8);
          json(
              exchange,
              200,
              "{\"token_type\":\"Bearer\",\"access_token\":\""
                  + token(claims -> claims.audience(resource))
                  + "\"}");
        });
    server.start();
  }

  private void publish(HttpExchange exchange) throws IOException {
    json(exchange, 200, new JWKSet(signing.toPublicJWK()).toString());
  }

  /** Answers with JSON. */
  public static void json(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Its name. */
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often it was asked for its keys. */
  public int asked() {
    return asked.get();
  }

  /** Answers a question for the keys otherwise from now on. */
  public void answerKeys(HttpHandler handler) {
    keys = handler;
  }

  /** Answers with its keys again. */
  public void answerKeys() {
    keys = this::publish;
  }

  /** Signs with another key from now on, and publishes that alone. */
  public void rotate() {
    signing = SECOND;
  }

  /** The key it signs with. */
  public RSAKey signingKey() {
    return signing;
  }

  /** The claims of an ordinary token: of the user ann, through the client desk. */
  public JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject("ann")
        .audience(AUDIENCE)
        .claim("client_id", "desk")
        .claim("scope", "openid tools:read")
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(Instant.now().plusSeconds(600)));
  }

  /** An ordinary token with other claims. */
  public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(signing, change.apply(claims()).jwtID(java.util.UUID.randomUUID().toString()));
  }

  /** An ordinary token. */
  public String token() {
    return token(claims -> claims);
  }

  /** Signs claims with a key. */
  public static String sign(RSAKey key, JWTClaimsSet.Builder claims) {
    return sign(
        key,
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID())
            .build(),
        claims);
  }

  /** Signs claims with a key under a header. */
  public static String sign(RSAKey key, JWSHeader header, JWTClaimsSet.Builder claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims.build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

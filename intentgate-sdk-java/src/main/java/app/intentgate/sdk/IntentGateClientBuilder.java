package app.intentgate.sdk;

import app.intentgate.sdk.http.GateAddress;
import app.intentgate.sdk.http.HttpSender;
import app.intentgate.token.CapabilityToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds a client. Not thread-safe. */
public final class IntentGateClientBuilder {
  private @Nullable URI url;
  private TokenSource tokens = TokenSource.none();
  private Duration timeout = Duration.ofMinutes(2);
  private Duration connectTimeout = Duration.ofSeconds(5);
  private int maxAnswerBytes = 32 << 20;
  private int retries = 2;
  private @Nullable HttpClient http;

  IntentGateClientBuilder() {}

  /**
   * Sets the gate's address: {@code https://gate.example} or {@code https://gate.example/v1/mcp}.
   */
  public IntentGateClientBuilder url(String address) {
    return url(GateAddress.parse(address));
  }

  /** Sets the gate's address. */
  public IntentGateClientBuilder url(URI address) {
    this.url = GateAddress.checked(address);
    return this;
  }

  /**
   * Sets the token of every call; none unless set. Of the methods of this name the last call
   * counts.
   *
   * @throws app.intentgate.token.TokenException when it is none
   */
  public IntentGateClientBuilder token(String token) {
    return token(TokenSource.of(token));
  }

  /** Sets the token of every call; none unless set. */
  public IntentGateClientBuilder token(CapabilityToken token) {
    return token(TokenSource.of(token));
  }

  /** Sets where tokens come from: by user, and renewed when they ran out; no token unless set. */
  public IntentGateClientBuilder token(TokenSource source) {
    this.tokens = source;
    return this;
  }

  /** Sets how long one call may take, all tries together; two minutes unless set. */
  public IntentGateClientBuilder timeout(Duration limit) {
    this.timeout = positive("timeout", limit);
    return this;
  }

  /** Sets how long connecting may take; five seconds unless set. */
  public IntentGateClientBuilder connectTimeout(Duration limit) {
    this.connectTimeout = positive("connectTimeout", limit);
    return this;
  }

  /** Sets the most bytes an answer may have; 32 MiB unless set. */
  public IntentGateClientBuilder maxAnswerBytes(int bytes) {
    if (bytes < 1024) {
      throw new IllegalArgumentException("maxAnswerBytes is at least 1024, not " + bytes);
    }
    this.maxAnswerBytes = bytes;
    return this;
  }

  /** Sets how often a call that was not carried out is sent again; twice unless set. */
  public IntentGateClientBuilder retries(int times) {
    if (times < 0) {
      throw new IllegalArgumentException("retries is 0 or more, not " + times);
    }
    this.retries = times;
    return this;
  }

  /**
   * Sets who connects, for proxies and certificates; it is not closed with the client.
   *
   * @throws IllegalArgumentException when it follows redirects: the token would go along
   */
  public IntentGateClientBuilder httpClient(HttpClient client) {
    this.http = HttpSender.checked(client);
    return this;
  }

  private static Duration positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " is positive, not " + value);
    }
    return value;
  }

  /**
   * The client.
   *
   * @throws IllegalStateException when there is no URL
   */
  public IntentGateClient build() {
    URI base = url;
    if (base == null) {
      throw new IllegalStateException("a client needs the url of a gate");
    }
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    URI address =
        URI.create(
            base.getScheme()
                + "://"
                + base.getRawAuthority()
                + (path.endsWith("/v1/mcp") ? path : path + "/v1/mcp")
                + query);
    HttpSender sender =
        new HttpSender(
            http != null ? http : HttpSender.newClient(connectTimeout),
            http == null,
            maxAnswerBytes);
    return new IntentGateClient(sender, new RpcRequests(address), tokens, timeout, retries);
  }
}

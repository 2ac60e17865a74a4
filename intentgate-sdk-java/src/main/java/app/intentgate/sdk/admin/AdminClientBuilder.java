package app.intentgate.sdk.admin;

import app.intentgate.sdk.http.GateAddress;
import app.intentgate.sdk.http.HttpSender;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds a client. Not thread-safe. */
public final class AdminClientBuilder {
  private static final int MAX_ANSWER = 64 << 20;

  private @Nullable String url;
  private @Nullable Supplier<String> token;
  private Duration timeout = Duration.ofSeconds(60);
  private @Nullable HttpClient http;

  AdminClientBuilder() {}

  /**
   * Sets the gate's address: {@code https://gate.example}.
   *
   * @throws IllegalArgumentException when it is none, or holds a password, a query or a fragment
   */
  public AdminClientBuilder url(String address) {
    URI parsed = GateAddress.parse(address);
    if (parsed.getRawQuery() != null || parsed.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "url is the address of a gate alone, without a query or a fragment");
    }
    this.url = parsed.toString().replaceAll("/+$", "");
    return this;
  }

  /** Sets the operator's token. */
  public AdminClientBuilder token(String bearer) {
    return token(() -> bearer);
  }

  /** Sets where the operator's token comes from; asked before every request. */
  public AdminClientBuilder token(Supplier<String> source) {
    this.token = source;
    return this;
  }

  /** Sets how long a request may take; a minute unless set. */
  public AdminClientBuilder timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("timeout is positive, not " + limit);
    }
    this.timeout = limit;
    return this;
  }

  /**
   * Sets who connects, for proxies and certificates; it is not closed with the client.
   *
   * @throws IllegalArgumentException when it follows redirects: the token would go along
   */
  public AdminClientBuilder httpClient(HttpClient client) {
    this.http = HttpSender.checked(client);
    return this;
  }

  /**
   * The client.
   *
   * @throws IllegalStateException when url or token is missing
   */
  public AdminClient build() {
    if (url == null || token == null) {
      throw new IllegalStateException("an admin client needs the url of a gate and a token");
    }
    HttpClient client = http != null ? http : HttpSender.newClient(Duration.ofSeconds(5));
    HttpSender sender = new HttpSender(client, http == null, MAX_ANSWER);
    return new AdminClient(new AdminHttp(sender, URI.create(url), token, timeout));
  }
}

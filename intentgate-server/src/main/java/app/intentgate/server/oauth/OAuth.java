package app.intentgate.server.oauth;

import app.intentgate.IntentGate;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenMinter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Access tokens of configured issuers, put together. Thread-safe. */
public final class OAuth implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final BoundedFetch fetch;
  private final TokenExchange exchange;

  private OAuth(BoundedFetch fetch, TokenExchange exchange) {
    this.fetch = fetch;
    this.exchange = exchange;
  }

  /**
   * Which tokens are taken, and for what.
   *
   * @param issuers the issuers' names, which are addresses
   * @param audience what tokens must be meant for
   * @param resource the address under which clients know this gate
   * @param keysAddress where the keys of the one issuer are; null to ask each issuer
   * @param mapping what tokens are exchanged for
   * @param keys what the capabilities are signed with
   */
  public record Options(
      List<String> issuers,
      String audience,
      String resource,
      @Nullable URI keysAddress,
      Mapping mapping,
      KeyRing keys) {}

  /** Starts to take tokens; the issuers are asked for their keys at once, and not waited for. */
  public static OAuth start(Options options, IntentGate gate) {
    BoundedFetch fetch = new BoundedFetch(TIMEOUT);
    Clock clock = Clock.systemUTC();
    LongSupplier millis = () -> System.nanoTime() / 1_000_000;
    Map<String, IssuerKeys> issuers = new LinkedHashMap<>();
    for (String issuer : options.issuers()) {
      IssuerKeys keys =
          new IssuerKeys(issuer, new HttpKeySource(fetch, issuer, options.keysAddress()), millis);
      issuers.put(issuer, keys);
      keys.prepare();
    }
    TokenExchange exchange =
        new TokenExchange(
            new JwtVerifier(issuers, options.audience(), clock),
            new VirtualTokens(TokenMinter.of(options.keys()), options.mapping(), gate),
            new ProtectedResource(
                options.resource(), options.issuers(), options.mapping().scopes()),
            new ExchangedTokens(clock));
    return new OAuth(fetch, exchange);
  }

  /** What exchanges the tokens of requests. */
  public TokenExchange exchange() {
    return exchange;
  }

  @Override
  public void close() {
    fetch.close();
  }
}

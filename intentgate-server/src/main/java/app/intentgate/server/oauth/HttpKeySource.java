package app.intentgate.server.oauth;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.store.Stages;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer over HTTP: from a configured address, or from the one that the issuer's own
 * metadata names (RFC 8414, OpenID Connect Discovery).
 */
final class HttpKeySource implements KeySource {
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  private final BoundedFetch fetch;
  private final String issuer;
  private final @Nullable URI configured;
  private volatile @Nullable URI found;

  /**
   * A source.
   *
   * @param configured where the keys are; null to ask the issuer
   */
  HttpKeySource(BoundedFetch fetch, String issuer, @Nullable URI configured) {
    this.fetch = fetch;
    this.issuer = issuer;
    this.configured = configured;
  }

  @Override
  public CompletionStage<KeySet> fetch() {
    URI address = configured == null ? found : configured;
    return address != null
        ? keys(address)
        : Stages.then(discover(documents().iterator(), null), this::keys);
  }

  private CompletionStage<KeySet> keys(URI address) {
    return fetch
        .get(address)
        .thenApply(KeySet::parse)
        .whenComplete((keys, failure) -> found = failure == null ? address : null);
  }

  /** Where the metadata may be: for OpenID after the issuer's path, for OAuth before it. */
  private List<URI> documents() {
    URI base = URI.create(issuer);
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String origin = base.getScheme() + "://" + base.getRawAuthority();
    return List.of(URI.create(origin + bare + OPENID), URI.create(origin + OAUTH + bare));
  }

  private CompletionStage<URI> discover(Iterator<URI> left, @Nullable Throwable before) {
    if (!left.hasNext()) {
      return CompletableFuture.failedFuture(
          before == null ? new IllegalStateException("no metadata") : before);
    }
    CompletableFuture<URI> out = new CompletableFuture<>();
    var unused =
        fetch
            .get(left.next())
            .thenApply(this::keysAddress)
            .whenComplete(
                (address, failure) -> {
                  if (failure == null) {
                    out.complete(address);
                    return;
                  }
                  discover(left, failure)
                      .whenComplete(
                          (next, none) -> {
                            if (none == null) {
                              out.complete(next);
                            } else {
                              out.completeExceptionally(none);
                            }
                          });
                });
    return out;
  }

  /** What the metadata names; only that of the issuer itself counts (RFC 8414, 3.3). */
  private URI keysAddress(byte[] metadata) {
    try {
      if (JsonReader.parse(metadata) instanceof JsonObject object
          && object.get("issuer") instanceof JsonString said
          && object.get("jwks_uri") instanceof JsonString keys) {
        URI address = URI.create(keys.value());
        if (said.value().equals(issuer) && isPermitted(address)) {
          return address;
        }
      }
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the issuer's metadata cannot be read", e);
    }
    throw new IllegalArgumentException("the issuer's metadata is not its own, or names no keys");
  }

  /** An issuer that is asked under TLS does not send us elsewhere without it. */
  private boolean isPermitted(URI address) {
    boolean tls = "https".equalsIgnoreCase(address.getScheme());
    boolean plain = "http".equalsIgnoreCase(address.getScheme()) && issuer.startsWith("http:");
    return address.getHost() != null && (tls || plain);
  }
}

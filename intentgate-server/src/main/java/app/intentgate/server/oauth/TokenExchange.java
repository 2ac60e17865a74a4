package app.intentgate.server.oauth;

import app.intentgate.check.Credential;
import app.intentgate.store.Stages;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a request presents, and gives what the gate judges: a capability for an access token,
 * everything else as it came. Thread-safe; never blocks.
 */
public final class TokenExchange {
  private static final Logger LOG = LoggerFactory.getLogger(TokenExchange.class);

  private final JwtVerifier verifier;
  private final VirtualTokens tokens;
  private final ProtectedResource resource;
  private final ExchangedTokens seen;
  private final String refusedByGate;

  TokenExchange(
      JwtVerifier verifier,
      VirtualTokens tokens,
      ProtectedResource resource,
      ExchangedTokens seen) {
    this.verifier = verifier;
    this.tokens = tokens;
    this.resource = resource;
    this.seen = seen;
    this.refusedByGate = resource.challenge(OAuthRefusal.invalid("refused by the gate"));
  }

  /** What this gate tells clients of itself. */
  public ProtectedResource resource() {
    return resource;
  }

  /**
   * What the values of an {@code Authorization} header present. Never fails: a token that is not
   * taken is a credential that is refused.
   *
   * @return complete at once unless an issuer has to be asked for its keys
   */
  public CompletionStage<Presented> present(List<String> authorization) {
    Credential credential = Credential.fromAuthorization(authorization);
    if (!(credential instanceof Credential.Bearer bearer) || !Jwt.looksLike(bearer.text())) {
      return CompletableFuture.completedFuture(
          new Presented(credential, 401, resource.challenge(), false));
    }
    try {
      Credential known = seen.find(bearer.text());
      if (known != null) {
        return CompletableFuture.completedFuture(taken(known));
      }
      CompletionStage<Presented> out =
          Stages.map(
              verifier.verify(Jwt.read(bearer.text())),
              verified -> taken(exchange(bearer.text(), verified)));
      return out.exceptionally(this::refused);
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(refused(e));
    }
  }

  private Credential exchange(String text, JwtVerifier.Verified verified) {
    Credential credential =
        new Credential.Bearer(tokens.tokenFor(verified.claims()), verified.notAfter());
    seen.keep(text, credential, verified);
    return credential;
  }

  private Presented taken(Credential credential) {
    return new Presented(credential, 401, refusedByGate, true);
  }

  private Presented refused(Throwable failure) {
    Throwable cause = Stages.unwrap(failure);
    OAuthRefusal refusal;
    if (cause instanceof OAuthRefusal known) {
      refusal = known;
    } else {
      LOG.error("an access token could not be judged", cause);
      refusal = OAuthRefusal.unavailable();
    }
    return new Presented(
        new Credential.Unusable(refusal.text()),
        refusal.kind().status(),
        resource.challenge(refusal),
        true);
  }
}

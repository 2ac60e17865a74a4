package app.intentgate.check;

import app.intentgate.token.Limit;
import app.intentgate.token.OnBehalfOf;
import app.intentgate.token.VerifiedToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call, as far as that was verified: the holder of a verified token, or nobody known.
 * Immutable. Texts are empty for a caller that is not known.
 */
public final class Caller {
  /** Nobody known. */
  public static final Caller ANONYMOUS = new Caller(null, null);

  private final @Nullable VerifiedToken token;
  private final OnBehalfOf.@Nullable Principal user;

  private Caller(@Nullable VerifiedToken token, OnBehalfOf.@Nullable Principal user) {
    this.token = token;
    this.user = user;
  }

  /** The holder of a token, whom a verified one proves. */
  public static Caller of(VerifiedToken token) {
    return new Caller(token, null);
  }

  /** The same caller, acting for a person; whoever says so must have proof of that. */
  public Caller actingFor(OnBehalfOf.Principal person) {
    return new Caller(token, person);
  }

  /** Whether the caller holds a verified token. */
  public boolean isAuthenticated() {
    return token != null;
  }

  /** The verified token, or null for a caller that is not known. */
  public @Nullable VerifiedToken token() {
    return token;
  }

  /** The person the agent acts for, or null when none is proved. */
  public OnBehalfOf.@Nullable Principal user() {
    return user;
  }

  /** The agent's id. */
  public String agentId() {
    return token == null ? "" : token.token().subject();
  }

  /** The tenant. */
  public String tenant() {
    return token == null ? "" : token.token().tenant();
  }

  /** The agent's zone. */
  public String zone() {
    return token == null ? "" : token.token().zone();
  }

  /** The token's id. */
  public String tokenId() {
    return token == null ? "" : token.token().id();
  }

  /** The id of the token it descends from. */
  public String rootTokenId() {
    return token == null ? "" : token.token().rootId();
  }

  /** The name of this very token (B11). */
  public String chainId() {
    return token == null ? "" : token.chainId();
  }

  /** How many caveats the token carries. */
  public int caveatCount() {
    return token == null ? 0 : token.token().caveats().size();
  }

  /** When a gate last saw the person behind the agent step up, unix seconds; 0 for never (B9). */
  public long stepUpAt() {
    return token == null ? 0 : token.stepUpAt();
  }

  /** The limits to be counted, in the order of the token's caveats. */
  public List<Limit> limits() {
    return token == null ? List.of() : token.limits();
  }

  /** The first second in which the token is no longer valid, or null when it never ends. */
  public @Nullable Long expiresAt() {
    return token == null ? null : token.expiresAt();
  }
}

package app.intentgate.token;

import app.intentgate.token.TokenException.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a token comes from this gate. Remembers the tokens it verified by their exact
 * text and the ring they were verified with: at most 10,000 of them, or about 32 MB. Thread-safe
 * and without locks.
 */
public final class TokenVerifier {
  private static final int MAX_ENTRIES = 10_000;
  private static final long MAX_BYTES = 32L << 20;

  private volatile State state;

  private record State(KeyRing keys, VerifiedTokenCache cache) {
    State(KeyRing keys) {
      this(keys, new VerifiedTokenCache(MAX_ENTRIES, MAX_BYTES));
    }
  }

  private TokenVerifier(KeyRing keys) {
    this.state = new State(keys);
  }

  /** A verifier for tokens that a key of this ring signed. */
  public static TokenVerifier of(KeyRing keys) {
    return new TokenVerifier(keys);
  }

  /** The ring in use. */
  public KeyRing keys() {
    return state.keys();
  }

  /** Uses another ring from now on, and forgets what was verified with the one before. */
  public void replaceKeys(KeyRing keys) {
    state = new State(keys);
  }

  /**
   * Verifies a token given as text, without the {@code Bearer} before it.
   *
   * @throws TokenException when the text is no token, or the token is not one of this gate's
   */
  public VerifiedToken verify(String text) {
    State now = state;
    VerifiedToken known = now.cache().get(text);
    if (known != null) {
      return known;
    }
    VerifiedToken verified = verify(CapabilityToken.decode(text), now.keys());
    now.cache().put(text, verified);
    return verified;
  }

  /**
   * Verifies a token that was decoded already; nothing is remembered.
   *
   * @throws TokenException when the token is not one of this gate's
   */
  public VerifiedToken verify(CapabilityToken token) {
    return verify(token, state.keys());
  }

  private static VerifiedToken verify(CapabilityToken token, KeyRing ring) {
    requireComplete(token);
    byte[] signature = Base64Url.decode(token.signature());
    if (signature == null) {
      throw new TokenException(Code.SIGNATURE_ENCODING, "signature is not valid base64url");
    }
    if (signature.length != Hmac.LENGTH) {
      throw mismatch();
    }
    List<MasterKey> keys = ring.keys();
    List<byte[]> canonical = new ArrayList<>(keys.size());
    for (MasterKey key : keys) {
      byte[] signatures = SignatureChain.canonical(key, token);
      if (SignatureChain.endsWith(signatures, signature)) {
        return verified(token, key, signatures);
      }
      canonical.add(signatures);
    }
    for (int i = 0; i < canonical.size(); i++) {
      byte @Nullable [] signatures = SignatureChain.sdkSigned(canonical.get(i), token, signature);
      if (signatures != null) {
        return verified(token, keys.get(i), signatures);
      }
    }
    throw mismatch();
  }

  private static TokenException mismatch() {
    return new TokenException(Code.SIGNATURE_MISMATCH, "signature mismatch");
  }

  private static VerifiedToken verified(CapabilityToken token, MasterKey key, byte[] signatures) {
    long stepUpAt = StepUpProof.newest(key, token.id(), token.caveats());
    return new VerifiedToken(token, key.id(), stepUpAt, signatures);
  }

  private static void requireComplete(CapabilityToken token) {
    require(token.version() == CapabilityToken.VERSION, "unknown token schema version");
    require(!token.id().isEmpty(), "token id (jti) is required");
    require(!token.subject().isEmpty(), "token subject (sub) is required");
    require(token.issuedAt() != 0, "token issued-at (iat) is required");
    require(!token.rootId().isEmpty(), "token root id (root_jti) is required");
    require(!token.tenant().isEmpty(), "token tenant is required");
    require(!token.zone().isEmpty(), "token zone is required");
  }

  private static void require(boolean fact, String otherwise) {
    if (!fact) {
      throw new TokenException(Code.INCOMPLETE, otherwise);
    }
  }
}

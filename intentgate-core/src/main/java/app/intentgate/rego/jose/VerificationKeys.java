package app.intentgate.rego.jose;

import java.security.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys a token may have been signed with: from a certificate or public key in PEM, or from a
 * JWK (set). Immutable and thread-safe.
 */
public final class VerificationKeys {
  private final List<Jwk> keys;

  private VerificationKeys(List<Jwk> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads keys. Those of a set for algorithms that are not known are left out.
   *
   * @throws JoseException with OPA's words when the text holds no keys
   */
  public static VerificationKeys parse(String text) throws JoseException {
    Pem block = Pem.first(text);
    if (block != null) {
      if (block.end() < text.length()) {
        throw new JoseException("extra data after a PEM certificate block");
      }
      return new VerificationKeys(List.of(new Jwk("", "", publicKey(block), null)));
    }
    List<Jwk> known = new ArrayList<>();
    try {
      for (Jwk key : Jwk.parse(text)) {
        if (key.algorithm().isEmpty() || JwsAlgorithm.named(key.algorithm()) != null) {
          known.add(key);
        }
      }
    } catch (JoseException e) {
      throw new JoseException("failed to parse a JWK key (set): " + e.getMessage());
    }
    return new VerificationKeys(known);
  }

  private static Key publicKey(Pem block) throws JoseException {
    if (block.type().equals("CERTIFICATE")) {
      try {
        return PublicKeys.certificate(block.bytes()).getPublicKey();
      } catch (JoseException e) {
        throw new JoseException("failed to parse a PEM certificate: " + e.getMessage());
      }
    }
    if (block.type().equals("PUBLIC KEY")) {
      try {
        return PublicKeys.ofInfo(block.bytes());
      } catch (JoseException e) {
        throw new JoseException("failed to parse a PEM public key: " + e.getMessage());
      }
    }
    throw new JoseException("failed to extract a Key from the PEM certificate");
  }

  /** Says whether one key fits. */
  @FunctionalInterface
  public interface Check {
    /** Whether a signature verifies with this key. */
    boolean verifies(Key key);
  }

  /**
   * Whether the key that a token asks for verifies it, or, when the token names none that is here,
   * any key for its algorithm.
   *
   * @param id the {@code kid} of the token; may be empty
   * @param algorithm the {@code alg} of the token
   */
  public boolean anyVerifies(String id, String algorithm, Check check) {
    if (!id.isEmpty()) {
      for (Jwk key : keys) {
        if (key.id().equals(id)) {
          return check.verifies(key.verifying());
        }
      }
    }
    for (Jwk key : keys) {
      boolean fits = key.algorithm().isEmpty() || key.algorithm().equals(algorithm);
      if (fits && check.verifies(key.verifying())) {
        return true;
      }
    }
    return false;
  }

  /** How many keys there are. */
  public int size() {
    return keys.size();
  }
}

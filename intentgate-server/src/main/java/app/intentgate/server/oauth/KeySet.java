package app.intentgate.server.oauth;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The public keys of an issuer that can verify tokens. Immutable. */
final class KeySet {
  /** The most keys that are looked at. */
  static final int MAX_KEYS = 100;

  /** The most keys tried on one token. */
  private static final int MAX_TRIED = 4;

  private static final int LEAST_RSA_BITS = 2048;
  private static final int GREATEST_RSA_BITS = 8192;

  private final List<JWK> keys;

  private KeySet(List<JWK> keys) {
    this.keys = keys;
  }

  /**
   * Reads a JWK set; keys that cannot verify tokens here are left out.
   *
   * @throws IllegalArgumentException when it is no JWK set, or one without a key that can
   */
  static KeySet parse(byte[] json) {
    JsonValue document;
    try {
      document = JsonReader.parse(json);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
    if (!(document instanceof JsonObject object)
        || !(object.get("keys") instanceof JsonArray array)) {
      throw new IllegalArgumentException("no JWK set");
    }
    if (array.size() > MAX_KEYS) {
      throw new IllegalArgumentException("a JWK set of more than " + MAX_KEYS + " keys");
    }
    List<JWK> keys = new ArrayList<>();
    for (JsonValue item : array) {
      JWK key = key(item);
      if (key != null) {
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a JWK set without a key that can verify tokens");
    }
    return new KeySet(List.copyOf(keys));
  }

  private static @Nullable JWK key(JsonValue item) {
    if (!(item instanceof JsonObject)) {
      return null;
    }
    try {
      JWK key = JWK.parse(item.toString());
      return isFit(key) ? key.toPublicJWK() : null;
    } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
      return null;
    }
  }

  /** Symmetric keys have no place in a public set, small ones none anywhere. */
  private static boolean isFit(JWK key) {
    boolean signs =
        (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
            && (key.getKeyOperations() == null
                || key.getKeyOperations().contains(KeyOperation.VERIFY));
    boolean strong =
        key instanceof ECKey
            || key instanceof RSAKey
                && key.size() >= LEAST_RSA_BITS
                && key.size() <= GREATEST_RSA_BITS;
    return signs && strong;
  }

  /** Whether another set holds the same keys, in whatever order: issuers give them in any. */
  boolean hasSameKeysAs(KeySet other) {
    return new HashSet<>(keys).equals(new HashSet<>(other.keys));
  }

  /** The keys that a token with this header may be signed with; none when its key is not here. */
  List<PublicKey> of(JWSHeader header) {
    List<PublicKey> out = new ArrayList<>(1);
    for (JWK key : keys) {
      boolean named =
          header.getKeyID() == null || Objects.equals(header.getKeyID(), key.getKeyID());
      if (named && fits(key, header.getAlgorithm()) && out.size() < MAX_TRIED) {
        try {
          out.add(key instanceof RSAKey rsa ? rsa.toPublicKey() : key.toECKey().toPublicKey());
        } catch (JOSEException e) {
          // A key that is none is no key of the token.
        }
      }
    }
    return out;
  }

  private static boolean fits(JWK key, JWSAlgorithm algorithm) {
    if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
      return false;
    }
    if (key instanceof ECKey ec) {
      return Curve.forJWSAlgorithm(algorithm) != null
          && Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve());
    }
    return JWSAlgorithm.Family.RSA.contains(algorithm);
  }
}

package app.intentgate.rego.jose;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** How a token is signed (RFC 7518, section 3, and RFC 8037). */
public enum JwsAlgorithm {
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256(Family.RSA, 256),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384(Family.RSA, 384),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512(Family.RSA, 512),
  /** RSASSA-PSS with SHA-256. */
  PS256(Family.PSS, 256),
  /** RSASSA-PSS with SHA-384. */
  PS384(Family.PSS, 384),
  /** RSASSA-PSS with SHA-512. */
  PS512(Family.PSS, 512),
  /** ECDSA with SHA-256. */
  ES256(Family.ECDSA, 256),
  /** ECDSA with SHA-384. */
  ES384(Family.ECDSA, 384),
  /** ECDSA with SHA-512. */
  ES512(Family.ECDSA, 512),
  /** HMAC with SHA-256. */
  HS256(Family.HMAC, 256),
  /** HMAC with SHA-384. */
  HS384(Family.HMAC, 384),
  /** HMAC with SHA-512. */
  HS512(Family.HMAC, 512),
  /** Ed25519. */
  EDDSA(Family.ED25519, 512);

  private enum Family {
    RSA,
    PSS,
    ECDSA,
    HMAC,
    ED25519
  }

  private static final int MIN_RSA_BITS = 1024;
  private static final int ED25519_SIGNATURE = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Family family;
  private final int bits;

  JwsAlgorithm(Family family, int bits) {
    this.family = family;
    this.bits = bits;
  }

  /** The algorithm of a name as tokens write it, or null. */
  public static @Nullable JwsAlgorithm named(String name) {
    for (JwsAlgorithm a : values()) {
      if (name.equals(a == EDDSA ? "EdDSA" : a.name())) {
        return a;
      }
    }
    return null;
  }

  /** Whether a signature verifies; false also when the key is for another kind of algorithm. */
  public boolean verifies(Key key, byte[] message, byte[] signature) {
    try {
      return switch (family) {
        case HMAC ->
            key instanceof SecretKey secret
                && MessageDigest.isEqual(mac(secret, message), signature);
        case PSS ->
            isLong(key)
                && key instanceof PublicKey open
                && verifies(pss(), open, message, signature);
        case RSA ->
            isLong(key)
                && key instanceof PublicKey open
                && verifies(
                    Signature.getInstance("SHA" + bits + "withRSA"), open, message, signature);
        case ECDSA ->
            key instanceof ECKey ec
                && key instanceof PublicKey open
                && signature.length == 2 * EcCurve.size(ec.getParams())
                && verifies(ecdsa(), open, message, signature);
        case ED25519 ->
            // The JDK takes zeros behind it for a part of its last number.
            signature.length == ED25519_SIGNATURE
                && key instanceof EdECKey
                && key instanceof PublicKey open
                && verifies(Signature.getInstance("Ed25519"), open, message, signature);
      };
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whether it is a key of RSA that takes more than a day to break: Go uses no others, either. */
  private static boolean isLong(Key key) {
    return key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS;
  }

  private static boolean verifies(
      Signature verifier, PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }

  private Signature ecdsa() throws GeneralSecurityException {
    return Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
  }

  private byte[] mac(SecretKey key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA" + bits);
    mac.init(key);
    return mac.doFinal(message);
  }

  /**
   * Signs.
   *
   * @throws JoseException when the key is for another kind of algorithm
   */
  public byte[] sign(Key key, byte[] message) throws JoseException {
    try {
      if (family == Family.HMAC && key instanceof SecretKey secret) {
        return mac(secret, message);
      }
      Signature signer = key instanceof PrivateKey ? signer(key) : null;
      if (signer == null) {
        throw new JoseException("the key does not fit the algorithm " + this);
      }
      signer.initSign((PrivateKey) key, RANDOM);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new JoseException("the key does not fit the algorithm " + this);
    }
  }

  private @Nullable Signature signer(Key key) throws GeneralSecurityException {
    return switch (family) {
      case RSA -> isLong(key) ? Signature.getInstance("SHA" + bits + "withRSA") : null;
      case PSS -> isLong(key) ? pss() : null;
      case ECDSA ->
          key instanceof ECKey ec && EcCurve.size(ec.getParams()) == curveSize() ? ecdsa() : null;
      case ED25519 -> key instanceof EdECKey ? Signature.getInstance("Ed25519") : null;
      case HMAC -> null;
    };
  }

  /** The bytes of a number of the curve that goes with the hash. */
  private int curveSize() {
    return bits == 512 ? 66 : bits / 8;
  }

  private Signature pss() throws GeneralSecurityException {
    Signature signer = Signature.getInstance("RSASSA-PSS");
    String hash = "SHA-" + bits;
    signer.setParameter(
        new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, 1));
    return signer;
  }
}

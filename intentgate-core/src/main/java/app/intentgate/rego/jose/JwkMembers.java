package app.intentgate.rego.jose;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The members of a JWK that hold the key itself. */
final class JwkMembers {
  private final JsonObject object;

  JwkMembers(JsonObject object) {
    this.object = object;
  }

  /** A key that verifies, and one that signs if the JWK is private. */
  record Pair(Key verifying, @Nullable Key signing) {}

  private byte[] bytes(String name) throws JoseException {
    byte[] value = optional(name);
    if (value == null) {
      throw new JoseException("key has no member " + name);
    }
    return value;
  }

  private byte @Nullable [] optional(String name) throws JoseException {
    if (object.get(name) == null) {
      return null;
    }
    if (object.get(name) instanceof JsonString s) {
      try {
        return Base64.getUrlDecoder().decode(s.value());
      } catch (IllegalArgumentException e) {
        throw new JoseException("member " + name + " of the key is not base64url");
      }
    }
    throw new JoseException("member " + name + " of the key must be a string");
  }

  private BigInteger number(String name) throws JoseException {
    return new BigInteger(1, bytes(name));
  }

  /** A number of a private key, which signing takes to the power of: never above the modulus. */
  private BigInteger below(String name, BigInteger modulus) throws JoseException {
    BigInteger value = number(name);
    if (value.compareTo(modulus) >= 0) {
      throw new JoseException("member " + name + " of the key is too large");
    }
    return value;
  }

  Pair rsa() throws JoseException {
    BigInteger n = number("n");
    BigInteger e = number("e");
    PublicKey open = publicKey("RSA", new RSAPublicKeySpec(n, e));
    if (optional("d") == null) {
      return new Pair(open, null);
    }
    BigInteger d = below("d", n);
    boolean crt = true;
    for (String name : new String[] {"p", "q", "dp", "dq", "qi"}) {
      crt &= optional(name) != null && below(name, n).signum() > 0;
    }
    KeySpec secret =
        crt
            ? new RSAPrivateCrtKeySpec(
                n, e, d, number("p"), number("q"), number("dp"), number("dq"), number("qi"))
            : new RSAPrivateKeySpec(n, d);
    return new Pair(open, privateKey("RSA", secret));
  }

  Pair ec() throws JoseException {
    EcCurve curve = EcCurve.named(curveName());
    PublicKey open =
        publicKey(
            "EC", new ECPublicKeySpec(curve.point(number("x"), number("y")), curve.parameters()));
    return optional("d") == null
        ? new Pair(open, null)
        : new Pair(
            open,
            privateKey(
                "EC",
                new ECPrivateKeySpec(
                    below("d", curve.parameters().getOrder()), curve.parameters())));
  }

  private String curveName() throws JoseException {
    if (object.get("crv") instanceof JsonString s) {
      return s.value();
    }
    throw new JoseException("key has no member crv");
  }

  Pair okp() throws JoseException {
    String curve = curveName();
    if (!curve.equals("Ed25519")) {
      throw new JoseException("unknown curve " + curve);
    }
    PublicKey open = Ed25519Keys.publicKey(bytes("x"));
    byte[] d = optional("d");
    return new Pair(open, d == null ? null : Ed25519Keys.privateKey(d));
  }

  Pair secret() throws JoseException {
    byte[] k = bytes("k");
    // HMAC pads keys with zeros, so one zero stands for the empty key, which JCA refuses.
    Key key = new SecretKeySpec(k.length == 0 ? new byte[1] : k, "HMAC");
    return new Pair(key, key);
  }

  private static PublicKey publicKey(String algorithm, KeySpec spec) throws JoseException {
    try {
      return PublicKeys.checked(KeyFactory.getInstance(algorithm).generatePublic(spec));
    } catch (GeneralSecurityException e) {
      throw new JoseException("invalid " + algorithm + " key");
    }
  }

  private static Key privateKey(String algorithm, KeySpec spec) throws JoseException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      throw new JoseException("invalid " + algorithm + " key");
    }
  }
}

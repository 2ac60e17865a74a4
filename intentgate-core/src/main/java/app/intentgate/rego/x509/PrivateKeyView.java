package app.intentgate.rego.x509;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.JoseException;
import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;

/** A private key with the members of Go's types, and as a JWK. */
public final class PrivateKeyView {
  private PrivateKeyView() {}

  /** The members Go has. */
  public static JsonValue of(PrivateKeyPair pair) throws JoseException {
    if (pair.secret() instanceof RSAPrivateCrtKey rsa) {
      JsonObject computed =
          JsonObject.builder()
              .put("Dp", JsonNumber.of(rsa.getPrimeExponentP()))
              .put("Dq", JsonNumber.of(rsa.getPrimeExponentQ()))
              .put("Qinv", JsonNumber.of(rsa.getCrtCoefficient()))
              .put("CRTValues", JsonArray.EMPTY)
              .build();
      return JsonObject.builder()
          .put("N", JsonNumber.of(rsa.getModulus()))
          .put("E", JsonNumber.of(rsa.getPublicExponent()))
          .put("D", JsonNumber.of(rsa.getPrivateExponent()))
          .put(
              "Primes",
              JsonArray.of(JsonNumber.of(rsa.getPrimeP()), JsonNumber.of(rsa.getPrimeQ())))
          .put("Precomputed", computed)
          .build();
    }
    if (pair.secret() instanceof ECPrivateKey ec && pair.open() instanceof ECPublicKey open) {
      return PublicKeyView.point(open).put("D", JsonNumber.of(ec.getS())).build();
    }
    byte[] both = Arrays.copyOf(seed(pair), 64);
    System.arraycopy(PublicKeyView.ed25519(pair.open()), 0, both, 32, 32);
    return Shown.base64(both);
  }

  /** The key as a JWK (RFC 7517). */
  public static JsonObject jwk(PrivateKeyPair pair) throws JoseException {
    JsonObject.Builder b = JsonObject.builder();
    if (pair.secret() instanceof RSAPrivateCrtKey rsa) {
      return b.put("kty", "RSA")
          .put("n", number(rsa.getModulus(), 0))
          .put("e", number(rsa.getPublicExponent(), 0))
          .put("d", number(rsa.getPrivateExponent(), 0))
          .put("p", number(rsa.getPrimeP(), 0))
          .put("q", number(rsa.getPrimeQ(), 0))
          .put("dp", number(rsa.getPrimeExponentP(), 0))
          .put("dq", number(rsa.getPrimeExponentQ(), 0))
          .put("qi", number(rsa.getCrtCoefficient(), 0))
          .build();
    }
    if (pair.secret() instanceof ECPrivateKey ec && pair.open() instanceof ECPublicKey open) {
      int bits = ec.getParams().getOrder().bitLength();
      int size = (bits + 7) / 8;
      return b.put("kty", "EC")
          .put("crv", "P-" + bits)
          .put("x", number(open.getW().getAffineX(), size))
          .put("y", number(open.getW().getAffineY(), size))
          .put("d", number(ec.getS(), size))
          .build();
    }
    return b.put("kty", "OKP")
        .put("crv", "Ed25519")
        .put("x", base64(PublicKeyView.ed25519(pair.open())))
        .put("d", base64(seed(pair)))
        .build();
  }

  private static byte[] seed(PrivateKeyPair pair) throws JoseException {
    if (pair.secret() instanceof EdECPrivateKey ed && ed.getBytes().isPresent()) {
      return ed.getBytes().get();
    }
    throw new JoseException("unknown private key type");
  }

  /** The bytes of a number, at least as many as asked for. */
  private static JsonString number(BigInteger value, int size) {
    byte[] digits = value.toByteArray();
    int skip = digits[0] == 0 && digits.length > 1 ? 1 : 0;
    int length = Math.max(size, digits.length - skip);
    byte[] out = new byte[length];
    System.arraycopy(digits, skip, out, length - (digits.length - skip), digits.length - skip);
    return base64(out);
  }

  private static JsonString base64(byte[] bytes) {
    return JsonString.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}

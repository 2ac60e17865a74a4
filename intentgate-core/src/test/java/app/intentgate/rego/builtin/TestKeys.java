package app.intentgate.rego.builtin;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Keys made for the tests, and how they are written. */
final class TestKeys {
  private static final Map<String, KeyPair> PAIRS = new TreeMap<>();

  private TestKeys() {}

  /** The pair for an algorithm of JWS; the same all through the tests. */
  static synchronized KeyPair pair(String algorithm) {
    return PAIRS.computeIfAbsent(family(algorithm), TestKeys::generate);
  }

  private static String family(String algorithm) {
    return algorithm.startsWith("RS") || algorithm.startsWith("PS") ? "RSA" : algorithm;
  }

  private static KeyPair generate(String family) {
    try {
      if (family.equals("RSA")) {
        KeyPairGenerator g = KeyPairGenerator.getInstance("RSA");
        g.initialize(2048);
        return g.generateKeyPair();
      }
      if (family.equals("EdDSA")) {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      }
      KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
      String bits = family.equals("ES512") ? "521" : family.substring(2);
      g.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
      return g.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }

  static String publicPem(String algorithm) {
    return pem("PUBLIC KEY", pair(algorithm).getPublic().getEncoded());
  }

  static Map<String, Object> publicJwk(String algorithm) {
    Map<String, Object> jwk = new LinkedHashMap<>();
    Key key = pair(algorithm).getPublic();
    if (key instanceof RSAPublicKey rsa) {
      jwk.put("kty", "RSA");
      jwk.put("n", base64(rsa.getModulus(), 256));
      jwk.put("e", base64(rsa.getPublicExponent(), 3));
    } else if (key instanceof ECPublicKey ec) {
      int bits = ec.getParams().getOrder().bitLength();
      jwk.put("kty", "EC");
      jwk.put("crv", "P-" + bits);
      jwk.put("x", base64(ec.getW().getAffineX(), (bits + 7) / 8));
      jwk.put("y", base64(ec.getW().getAffineY(), (bits + 7) / 8));
    } else {
      byte[] encoded = key.getEncoded();
      byte[] x = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
      jwk.put("kty", "OKP");
      jwk.put("crv", "Ed25519");
      jwk.put("x", base64(x));
    }
    return jwk;
  }

  static Map<String, Object> privateJwk(String algorithm) {
    Map<String, Object> jwk = publicJwk(algorithm);
    Key key = pair(algorithm).getPrivate();
    if (key instanceof RSAPrivateCrtKey rsa) {
      jwk.put(
          "d", base64(rsa.getPrivateExponent(), (rsa.getPrivateExponent().bitLength() + 7) / 8));
      jwk.put("p", base64(rsa.getPrimeP(), 128));
      jwk.put("q", base64(rsa.getPrimeQ(), 128));
      jwk.put("dp", base64(rsa.getPrimeExponentP(), 128));
      jwk.put("dq", base64(rsa.getPrimeExponentQ(), 128));
      jwk.put("qi", base64(rsa.getCrtCoefficient(), 128));
    } else if (key instanceof ECPrivateKey ec) {
      jwk.put("d", base64(ec.getS(), (ec.getParams().getOrder().bitLength() + 7) / 8));
    } else if (key instanceof EdECPrivateKey ed) {
      jwk.put("d", base64(ed.getBytes().orElseThrow()));
    }
    return jwk;
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String base64(BigInteger value, int size) {
    byte[] digits = value.toByteArray();
    byte[] out = new byte[size];
    int count = Math.min(size, digits.length);
    System.arraycopy(digits, digits.length - count, out, size - count, count);
    return base64(out);
  }
}

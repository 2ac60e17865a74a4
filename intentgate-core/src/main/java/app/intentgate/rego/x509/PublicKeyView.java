package app.intentgate.rego.x509;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.security.PublicKey;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/** A public key with the number of its algorithm in Go. */
record PublicKeyView(int algorithm, JsonValue key) {
  private static final int ED25519_BYTES = 32;

  static PublicKeyView of(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return new PublicKeyView(
          1,
          JsonObject.of(
              "N", JsonNumber.of(rsa.getModulus()), "E", JsonNumber.of(rsa.getPublicExponent())));
    } else if (key instanceof DSAPublicKey dsa) {
      return new PublicKeyView(
          2,
          JsonObject.builder()
              .put("P", JsonNumber.of(dsa.getParams().getP()))
              .put("Q", JsonNumber.of(dsa.getParams().getQ()))
              .put("G", JsonNumber.of(dsa.getParams().getG()))
              .put("Y", JsonNumber.of(dsa.getY()))
              .build());
    } else if (key instanceof ECPublicKey ec) {
      return new PublicKeyView(3, point(ec).build());
    } else if (key instanceof EdECPublicKey) {
      return new PublicKeyView(4, Shown.base64(ed25519(key)));
    }
    return new PublicKeyView(0, JsonValue.ofNull());
  }

  static JsonObject.Builder point(ECPublicKey key) {
    return JsonObject.builder()
        .put("Curve", JsonObject.EMPTY)
        .put("X", JsonNumber.of(key.getW().getAffineX()))
        .put("Y", JsonNumber.of(key.getW().getAffineY()));
  }

  /** The 32 bytes of an Ed25519 key, which are the last of its encoding. */
  static byte[] ed25519(PublicKey key) {
    byte[] encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
  }
}

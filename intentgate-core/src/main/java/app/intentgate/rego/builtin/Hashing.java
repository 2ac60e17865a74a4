package app.intentgate.rego.builtin;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code crypto.md5 sha1 sha256} and {@code crypto.hmac.*}, in hexadecimal. */
final class Hashing {
  private Hashing() {}

  static void addTo(BuiltinRegistry.Builder b) {
    hash(b, "crypto.md5", "MD5");
    hash(b, "crypto.sha1", "SHA-1");
    hash(b, "crypto.sha256", "SHA-256");
    hmac(b, "crypto.hmac.md5", "HmacMD5");
    hmac(b, "crypto.hmac.sha1", "HmacSHA1");
    hmac(b, "crypto.hmac.sha256", "HmacSHA256");
    hmac(b, "crypto.hmac.sha512", "HmacSHA512");
    b.add("crypto.hmac.equal(string, string): boolean", Hashing::equal);
  }

  private static void hash(BuiltinRegistry.Builder b, String name, String algorithm) {
    b.add(
        name + "(string): string",
        (c, a) -> {
          byte[] message = message(c, a);
          try {
            return hex(MessageDigest.getInstance(algorithm).digest(message));
          } catch (GeneralSecurityException e) {
            throw unavailable(algorithm);
          }
        });
  }

  private static void hmac(BuiltinRegistry.Builder b, String name, String algorithm) {
    b.add(
        name + "(string, string): string",
        (c, a) -> {
          byte[] message = message(c, a);
          byte[] key = GoBytes.of(Operands.string(a, 1));
          try {
            Mac mac = Mac.getInstance(algorithm);
            // HMAC pads keys with zeros, so one zero stands for the empty key, which JCA refuses.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return hex(mac.doFinal(message));
          } catch (GeneralSecurityException e) {
            throw unavailable(algorithm);
          }
        });
  }

  private static byte[] message(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    byte[] message = GoBytes.of(Operands.string(args, 0));
    context.chargeSteps(1L + message.length / 64);
    return message;
  }

  private static JsonString hex(byte[] bytes) {
    return JsonString.of(HexFormat.of().formatHex(bytes));
  }

  private static BuiltinException unavailable(String algorithm) {
    return BuiltinException.of(algorithm + " is not available on this Java");
  }

  private static JsonValue equal(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    byte[] one = GoBytes.of(Operands.string(args, 0));
    byte[] other = GoBytes.of(Operands.string(args, 1));
    return JsonValue.of(MessageDigest.isEqual(one, other));
  }
}

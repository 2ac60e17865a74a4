package app.intentgate.rego.builtin;

import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.jose.Pem;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.x509.CertificateView;
import app.intentgate.rego.x509.PrivateKeyPair;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Takes operands that are PEM, or base64 of PEM or DER, apart. */
final class X509Input {
  static final String BEGIN = "-----BEGIN";

  /** What reading a private key costs: the public one of it may have to be computed. */
  private static final int KEY_STEPS = 4000;

  private X509Input() {}

  /** Bytes, of which PEM is text. */
  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Certificates in a row. */
  static List<X509Certificate> certificates(BuiltinContext context, String input)
      throws BuiltinException {
    byte[] der;
    if (input.startsWith(BEGIN)) {
      der = der(input);
    } else {
      byte[] decoded = Base64Codec.standardBytes(context, input);
      String text = text(decoded);
      der = text.startsWith(BEGIN) ? der(text) : decoded;
    }
    context.chargeSteps(der.length);
    try {
      return CertificateView.all(der, context::chargeSteps);
    } catch (JoseException e) {
      throw BuiltinException.of(e.getMessage());
    }
  }

  private static byte[] der(String text) throws BuiltinException {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    for (Pem block : Pem.all(text)) {
      if (!block.type().equals("CERTIFICATE")) {
        throw BuiltinException.of("PEM block type is '" + block.type() + "', expected CERTIFICATE");
      }
      der.writeBytes(block.bytes());
    }
    return der.toByteArray();
  }

  /** The private keys among the blocks of a text. */
  static List<PrivateKeyPair> privateKeys(BuiltinContext context, String text)
      throws BuiltinException {
    List<PrivateKeyPair> keys = new ArrayList<>();
    for (Pem block : Pem.all(text)) {
      if (isPrivateKey(block)) {
        context.chargeSteps(KEY_STEPS);
        keys.add(privateKey(block));
      }
    }
    return keys;
  }

  private static boolean isPrivateKey(Pem block) {
    return block.type().equals("PRIVATE KEY")
        || block.type().equals("RSA PRIVATE KEY")
        || block.type().equals("EC PRIVATE KEY");
  }

  static PrivateKeyPair privateKey(Pem block) throws BuiltinException {
    try {
      return PrivateKeyPair.of(block);
    } catch (JoseException e) {
      throw BuiltinException.of(e.getMessage());
    }
  }
}

package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.jose.Pem;
import app.intentgate.rego.jose.PublicKeys;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.x509.CertificateView;
import app.intentgate.rego.x509.PrivateKeyPair;
import app.intentgate.rego.x509.PrivateKeyView;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** {@code crypto.x509.parse_keypair}: a chain and its key, as Go's {@code tls} reads them. */
final class X509KeyPair {
  private X509KeyPair() {}

  static JsonValue parse(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    List<Pem> chain = blocks(context, Operands.string(args, 0), "CERTIFICATE");
    List<Pem> keys = blocks(context, Operands.string(args, 1), "PRIVATE KEY");
    List<JsonValue> certificates = new ArrayList<>();
    for (Pem block : chain) {
      if (isCertificate(block)) {
        certificates.add(JsonString.of(Base64.getEncoder().encodeToString(block.bytes())));
      }
    }
    if (certificates.isEmpty()) {
      throw noCertificate(chain);
    }
    PrivateKeyPair pair = X509Input.privateKey(key(keys));
    try {
      X509Certificate leaf = PublicKeys.certificate(first(chain).bytes());
      if (!leaf.getPublicKey().equals(pair.open())) {
        throw mismatch(leaf.getPublicKey(), pair);
      }
      return JsonObject.builder()
          .put("Certificate", JsonArray.copyOf(certificates))
          .put("PrivateKey", PrivateKeyView.of(pair))
          .put("SupportedSignatureAlgorithms", JsonValue.ofNull())
          .put("OCSPStaple", JsonValue.ofNull())
          .put("SignedCertificateTimestamps", JsonValue.ofNull())
          .put("Leaf", CertificateView.of(leaf))
          .build();
    } catch (JoseException e) {
      throw X509Functions.failure(e);
    }
  }

  private static boolean isCertificate(Pem block) {
    return block.type().equals("CERTIFICATE");
  }

  private static boolean isKey(Pem block) {
    return block.type().equals("PRIVATE KEY") || block.type().endsWith(" PRIVATE KEY");
  }

  /** The blocks of PEM, or of base64 of PEM; DER in base64 is one block of a type. */
  private static List<Pem> blocks(BuiltinContext context, String input, String type)
      throws BuiltinException {
    if (input.startsWith(X509Input.BEGIN)) {
      return Pem.all(input);
    }
    String decoded = X509Input.text(Base64Codec.standardBytes(context, input));
    return decoded.startsWith(X509Input.BEGIN)
        ? Pem.all(decoded)
        : List.of(new Pem(type, decoded.getBytes(StandardCharsets.ISO_8859_1), input.length()));
  }

  private static Pem first(List<Pem> chain) throws BuiltinException {
    for (Pem block : chain) {
      if (isCertificate(block)) {
        return block;
      }
    }
    throw noCertificate(chain);
  }

  private static BuiltinException noCertificate(List<Pem> chain) {
    if (chain.isEmpty()) {
      return BuiltinException.of("tls: failed to find any PEM data in certificate input");
    }
    boolean switched = chain.size() == 1 && isKey(chain.get(0));
    return BuiltinException.of(
        switched
            ? "tls: failed to find certificate PEM data in certificate input, but did find a"
                + " private key; PEM inputs may have been switched"
            : "tls: failed to find \"CERTIFICATE\" PEM block in certificate input");
  }

  private static Pem key(List<Pem> blocks) throws BuiltinException {
    for (Pem block : blocks) {
      if (isKey(block)) {
        return block;
      }
    }
    if (blocks.isEmpty()) {
      throw BuiltinException.of("tls: failed to find any PEM data in key input");
    }
    boolean switched = blocks.size() == 1 && isCertificate(blocks.get(0));
    throw BuiltinException.of(
        switched
            ? "tls: found a certificate rather than a key in the PEM for the private key"
            : "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input");
  }

  private static BuiltinException mismatch(PublicKey certified, PrivateKeyPair pair) {
    boolean sameType = certified.getAlgorithm().equals(pair.open().getAlgorithm());
    return BuiltinException.of(
        sameType
            ? "tls: private key does not match public key"
            : "tls: private key type does not match public key type");
  }
}

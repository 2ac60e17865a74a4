package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.jose.Pem;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.x509.CertificateView;
import app.intentgate.rego.x509.ChainOptions;
import app.intentgate.rego.x509.ChainVerifier;
import app.intentgate.rego.x509.PrivateKeyPair;
import app.intentgate.rego.x509.PrivateKeyView;
import app.intentgate.rego.x509.RequestView;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code crypto.x509.*} and {@code crypto.parse_private_keys}. */
final class X509Functions {
  private static final String OBJECT = "object[string: any]";

  /** What showing one certificate costs. */
  private static final int STEPS = 1000;

  private X509Functions() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("crypto.x509.parse_certificates(string): array[" + OBJECT + "]", X509Functions::parse);
    b.add(
        "crypto.x509.parse_and_verify_certificates(string): array<boolean, array[" + OBJECT + "]>",
        X509Functions::verify);
    b.add(
        "crypto.x509.parse_and_verify_certificates_with_options(string, object[string: any]):"
            + " array<boolean, array["
            + OBJECT
            + "]>",
        X509Functions::verifyWithOptions);
    b.add("crypto.x509.parse_certificate_request(string): " + OBJECT, X509Functions::parseRequest);
    b.add("crypto.x509.parse_keypair(string, string): " + OBJECT, X509KeyPair::parse);
    b.add("crypto.x509.parse_rsa_private_key(string): " + OBJECT, X509Functions::privateKeyJwk);
    b.add("crypto.parse_private_keys(string): array[" + OBJECT + "]", X509Functions::privateKeys);
  }

  static BuiltinException failure(JoseException e) {
    return BuiltinException.of(e.getMessage());
  }

  private static JsonArray views(
      BuiltinContext context, List<X509Certificate> certificates, boolean withUris)
      throws BuiltinException {
    List<JsonValue> views = new ArrayList<>();
    try {
      for (X509Certificate c : certificates) {
        context.chargeSteps(STEPS);
        views.add(withUris ? CertificateView.withUriStrings(c) : CertificateView.of(c));
      }
    } catch (JoseException e) {
      throw failure(e);
    }
    return JsonArray.copyOf(views);
  }

  private static JsonValue parse(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    String input = Operands.string(args, 0);
    context.chargeBytes(input.length() * 4L);
    return views(context, X509Input.certificates(context, input), true);
  }

  private static JsonValue verify(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String input = Operands.string(args, 0);
    List<X509Certificate> given = certificatesOrNull(context, input);
    return given == null
        ? refused()
        : verify(context, given, ChainOptions.at(X509Options.now(context)), true);
  }

  private static JsonValue verifyWithOptions(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String input = Operands.string(args, 0);
    JsonObject options = Operands.object(args, 1);
    List<X509Certificate> given = certificatesOrNull(context, input);
    return given == null
        ? refused()
        : verify(context, given, X509Options.of(context, options), false);
  }

  private static JsonValue refused() {
    return JsonArray.of(JsonValue.of(false), JsonArray.EMPTY);
  }

  private static @Nullable List<X509Certificate> certificatesOrNull(
      BuiltinContext context, String input) {
    try {
      return X509Input.certificates(context, input);
    } catch (BuiltinException e) {
      return null;
    }
  }

  private static JsonValue verify(
      BuiltinContext context, List<X509Certificate> given, ChainOptions options, boolean withUris)
      throws BuiltinException {
    List<X509Certificate> chain = ChainVerifier.verify(given, options, context::chargeSteps);
    return chain.isEmpty()
        ? refused()
        : JsonArray.of(JsonValue.of(true), views(context, chain, withUris));
  }

  private static JsonValue parseRequest(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String input = Operands.string(args, 0);
    context.chargeBytes(input.length() * 4L);
    String text =
        input.startsWith("-----BEGIN CERTIFICATE REQUEST-----")
            ? input
            : X509Input.text(Base64Codec.standardBytes(context, input));
    Pem block = Pem.first(text);
    if (block != null && !block.type().equals("CERTIFICATE REQUEST")) {
      throw BuiltinException.of("invalid PEM-encoded certificate signing request");
    }
    byte[] der =
        block != null ? block.bytes() : text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    try {
      return RequestView.of(der);
    } catch (JoseException e) {
      throw BuiltinException.of("asn1: structure error: " + e.getMessage());
    }
  }

  private static JsonValue privateKeyJwk(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String input = Operands.string(args, 0);
    if (input.isEmpty()) {
      throw BuiltinException.of("input PEM data was empty");
    }
    String text =
        input.startsWith(X509Input.BEGIN)
            ? input
            : X509Input.text(Base64Codec.standardBytes(context, input));
    List<PrivateKeyPair> keys = X509Input.privateKeys(context, text);
    try {
      return keys.isEmpty() ? JsonNull.NULL : PrivateKeyView.jwk(keys.get(0));
    } catch (JoseException e) {
      throw failure(e);
    }
  }

  private static JsonValue privateKeys(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String input = Operands.string(args, 0);
    if (input.isEmpty()) {
      return JsonNull.NULL;
    }
    String text = input;
    try {
      text = X509Input.text(Base64Codec.standardBytes(context, input));
    } catch (BuiltinException e) {
      // Not base64, so PEM, if anything.
    }
    List<JsonValue> views = new ArrayList<>();
    try {
      for (PrivateKeyPair key : X509Input.privateKeys(context, text)) {
        views.add(PrivateKeyView.of(key));
      }
    } catch (JoseException e) {
      throw failure(e);
    }
    return JsonArray.copyOf(views);
  }
}

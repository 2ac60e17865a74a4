package app.intentgate.rego.x509;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.jose.PublicKeys;
import java.util.ArrayList;
import java.util.List;

/** A certificate request (RFC 2986) with the members of Go's {@code x509.CertificateRequest}. */
public final class RequestView {
  private static final int ATTRIBUTES = 0xa0;
  private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";

  private RequestView() {}

  /** The members of a request; its signature is not checked, as in Go. */
  public static JsonObject of(byte[] der) throws JoseException {
    Der whole = Der.of(der);
    Der outer = whole.next(Der.SEQUENCE);
    if (!whole.atEnd()) {
      throw new JoseException("asn1: syntax error: trailing data");
    }
    byte[] body = outer.encoded();
    Der in = Der.of(body).next(Der.SEQUENCE);
    JsonObject.Builder out = JsonObject.builder();
    out.put("Raw", Shown.base64(der));
    out.put("RawTBSCertificateRequest", Shown.base64(body));
    out.put("Version", in.next(Der.INTEGER).number().longValue());
    byte[] subject = in.encoded();
    out.put("RawSubject", Shown.base64(subject));
    out.put("Subject", NameView.of(subject));
    byte[] key = in.encoded();
    out.put("RawSubjectPublicKeyInfo", Shown.base64(key));
    PublicKeyView view = PublicKeyView.of(PublicKeys.ofInfo(key));
    out.put("PublicKey", view.key());
    out.put("PublicKeyAlgorithm", view.algorithm());
    out.put("SignatureAlgorithm", SignatureAlgorithms.number(outer.next(Der.SEQUENCE)));
    byte[] signature = outer.next(Der.BIT_STRING).rest();
    if (signature.length == 0) {
      throw new JoseException("asn1: syntax error: zero length BIT STRING");
    }
    out.put(
        "Signature", Shown.base64(java.util.Arrays.copyOfRange(signature, 1, signature.length)));
    List<Extension> extensions = new ArrayList<>();
    List<JsonValue> attributes = new ArrayList<>();
    if (in.tag() == ATTRIBUTES) {
      read(in.next(), extensions, attributes);
    }
    out.put("Attributes", Shown.list(attributes));
    out.put("Extensions", Extension.view(extensions));
    out.put("ExtraExtensions", JsonValue.ofNull());
    AlternativeNames.of(extensions).addTo(out);
    return out.build();
  }

  private static void read(Der attributes, List<Extension> extensions, List<JsonValue> views)
      throws JoseException {
    while (!attributes.atEnd()) {
      Der attribute = attributes.next(Der.SEQUENCE);
      String type = attribute.next(Der.OID).oid();
      if (type.equals(EXTENSION_REQUEST)) {
        Der values = attribute.next(Der.SET);
        List<Extension> requested = Extension.all(values.next(Der.SEQUENCE));
        extensions.addAll(requested);
        views.add(view(type, requested));
      }
    }
  }

  /** Go reads what is requested as pairs, so that of a critical extension only the flag is left. */
  private static JsonValue view(String type, List<Extension> requested) {
    List<JsonValue> pairs = new ArrayList<>();
    for (Extension e : requested) {
      JsonValue value = e.critical() ? JsonValue.of(true) : Shown.base64(e.value());
      pairs.add(JsonObject.of("Type", Shown.oid(e.oid()), "Value", value));
    }
    return JsonObject.of("Type", Shown.oid(type), "Value", JsonArray.of(JsonArray.copyOf(pairs)));
  }
}

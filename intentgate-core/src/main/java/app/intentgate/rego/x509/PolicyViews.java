package app.intentgate.rego.x509;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policies a certificate was issued under, and what it says of those below it. */
final class PolicyViews {
  static final String OID = "2.5.29.32";
  static final String MAPPINGS = "2.5.29.33";

  private PolicyViews() {}

  static void addTo(JsonObject.Builder b, Map<String, Extension> extensions) throws JoseException {
    List<String> policies = new ArrayList<>();
    Der listed = sequence(extensions.get(OID));
    while (listed != null && !listed.atEnd()) {
      policies.add(listed.next(Der.SEQUENCE).next(Der.OID).oid());
    }
    b.put("Policies", Shown.strings(policies));
    b.put("PolicyIdentifiers", Shown.list(policies.stream().map(Shown::oid).toList()));
    List<JsonValue> mappings = new ArrayList<>();
    Der mapped = sequence(extensions.get(MAPPINGS));
    while (mapped != null && !mapped.atEnd()) {
      Der pair = mapped.next(Der.SEQUENCE);
      JsonString issuer = JsonString.of(pair.next(Der.OID).oid());
      JsonString subject = JsonString.of(pair.next(Der.OID).oid());
      mappings.add(JsonObject.of("IssuerDomainPolicy", issuer, "SubjectDomainPolicy", subject));
    }
    b.put("PolicyMappings", Shown.list(mappings));
    constraints(b, sequence(extensions.get("2.5.29.36")));
    Extension anyPolicy = extensions.get("2.5.29.54");
    number(
        b,
        "InhibitAnyPolicy",
        anyPolicy == null ? null : Der.of(anyPolicy.value()).next(Der.INTEGER));
  }

  private static @Nullable Der sequence(@Nullable Extension extension) throws JoseException {
    return extension == null ? null : Der.of(extension.value()).next(Der.SEQUENCE);
  }

  private static void constraints(JsonObject.Builder b, @Nullable Der in) throws JoseException {
    Der explicit = null;
    Der mapping = null;
    while (in != null && !in.atEnd()) {
      if (in.tag() == 0x80) {
        explicit = in.next();
      } else {
        mapping = in.next();
      }
    }
    number(b, "RequireExplicitPolicy", explicit);
    number(b, "InhibitPolicyMapping", mapping);
  }

  /** A number, and whether it was given as zero, which Go could not tell from not given. */
  private static void number(JsonObject.Builder b, String name, @Nullable Der value)
      throws JoseException {
    JsonNumber number = value == null ? JsonNumber.ZERO : JsonNumber.of(value.number());
    b.put(name, number);
    b.put(name + "Zero", value != null && number.signum() == 0);
  }
}

package app.intentgate.rego.x509;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import java.util.ArrayList;
import java.util.List;

/** An extension of a certificate, as it is encoded. */
record Extension(String oid, boolean critical, byte[] value) {

  /** Reads a sequence of extensions. */
  static List<Extension> all(Der sequence) throws JoseException {
    List<Extension> extensions = new ArrayList<>();
    while (!sequence.atEnd()) {
      Der one = sequence.next(Der.SEQUENCE);
      String oid = one.next(Der.OID).oid();
      boolean critical = false;
      if (one.tag() == Der.BOOLEAN) {
        byte[] flag = one.next().rest();
        critical = flag.length == 1 && flag[0] != 0;
      }
      extensions.add(new Extension(oid, critical, one.next(Der.OCTET_STRING).rest()));
    }
    return extensions;
  }

  JsonValue view() {
    return JsonObject.builder()
        .put("Id", Shown.oid(oid))
        .put("Critical", critical)
        .put("Value", Shown.base64(value))
        .build();
  }

  static JsonValue view(List<Extension> extensions) {
    return Shown.list(extensions.stream().map(Extension::view).toList());
  }
}

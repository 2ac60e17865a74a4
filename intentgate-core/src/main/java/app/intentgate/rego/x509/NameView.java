package app.intentgate.rego.x509;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A distinguished name: its attributes in order, and the usual ones by name. */
final class NameView {
  private static final Map<String, String> LISTS =
      Map.of(
          "2.5.4.6", "Country",
          "2.5.4.10", "Organization",
          "2.5.4.11", "OrganizationalUnit",
          "2.5.4.7", "Locality",
          "2.5.4.8", "Province",
          "2.5.4.9", "StreetAddress",
          "2.5.4.17", "PostalCode");
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String SERIAL_NUMBER = "2.5.4.5";

  private NameView() {}

  /** The view of a name from its encoding. */
  static JsonObject of(byte[] encoded) throws JoseException {
    Map<String, List<JsonValue>> lists = new HashMap<>();
    List<JsonValue> all = new ArrayList<>();
    JsonString commonName = JsonString.EMPTY;
    JsonString serialNumber = JsonString.EMPTY;
    Der parts = Der.of(encoded).next(Der.SEQUENCE);
    while (!parts.atEnd()) {
      Der set = parts.next(Der.SET);
      while (!set.atEnd()) {
        Der attribute = set.next(Der.SEQUENCE);
        String type = attribute.next(Der.OID).oid();
        JsonString value = Shown.text(attribute);
        all.add(JsonObject.of("Type", Shown.oid(type), "Value", value));
        String name = LISTS.get(type);
        if (name != null) {
          lists.computeIfAbsent(name, x -> new ArrayList<>()).add(value);
        } else if (type.equals(COMMON_NAME)) {
          commonName = value;
        } else if (type.equals(SERIAL_NUMBER)) {
          serialNumber = value;
        }
      }
    }
    JsonObject.Builder b = JsonObject.builder();
    for (String list : LISTS.values()) {
      List<JsonValue> values = lists.get(list);
      b.put(list, values == null ? JsonValue.ofNull() : JsonArray.copyOf(values));
    }
    return b.put("CommonName", commonName)
        .put("SerialNumber", serialNumber)
        .put("Names", Shown.list(all))
        .put("ExtraNames", JsonValue.ofNull())
        .build();
  }
}

package app.intentgate.rego.x509;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names an authority may, and may not, issue certificates for. */
final class NameConstraintsView {
  static final String OID = "2.5.29.30";
  private static final int PERMITTED = 0xa0;
  private static final String[] KINDS = {"DNSDomains", "EmailAddresses", "IPRanges", "URIDomains"};

  private NameConstraintsView() {}

  static void addTo(JsonObject.Builder b, @Nullable Extension extension) throws JoseException {
    Map<String, List<JsonValue>> lists = new HashMap<>();
    if (extension != null) {
      Der trees = Der.of(extension.value()).next(Der.SEQUENCE);
      while (!trees.atEnd()) {
        String prefix = trees.tag() == PERMITTED ? "Permitted" : "Excluded";
        Der subtrees = trees.next();
        while (!subtrees.atEnd()) {
          add(lists, prefix, subtrees.next(Der.SEQUENCE));
        }
      }
    }
    for (String kind : KINDS) {
      b.put("Permitted" + kind, Shown.list(list(lists, "Permitted" + kind)));
      b.put("Excluded" + kind, Shown.list(list(lists, "Excluded" + kind)));
    }
    b.put("PermittedDNSDomainsCritical", extension != null && extension.critical());
  }

  private static List<JsonValue> list(Map<String, List<JsonValue>> lists, String name) {
    return lists.computeIfAbsent(name, x -> new ArrayList<>());
  }

  private static void add(Map<String, List<JsonValue>> lists, String prefix, Der subtree)
      throws JoseException {
    int tag = subtree.tag();
    byte[] base = subtree.next().rest();
    switch (tag) {
      case 0x81 -> list(lists, prefix + "EmailAddresses").add(JsonString.of(Shown.ascii(base)));
      case 0x82 -> list(lists, prefix + "DNSDomains").add(JsonString.of(Shown.ascii(base)));
      case 0x86 -> list(lists, prefix + "URIDomains").add(JsonString.of(Shown.ascii(base)));
      case 0x87 -> {
        int half = base.length / 2;
        String address = Shown.address(Arrays.copyOf(base, half));
        JsonString mask = Shown.base64(Arrays.copyOfRange(base, half, base.length));
        if (address == null) {
          throw new JoseException("x509: IP constraint contained value of length " + base.length);
        }
        list(lists, prefix + "IPRanges")
            .add(JsonObject.of("IP", JsonString.of(address), "Mask", mask));
      }
      default -> {}
    }
  }
}

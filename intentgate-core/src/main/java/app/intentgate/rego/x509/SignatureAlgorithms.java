package app.intentgate.rego.x509;

import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import java.util.Map;

/** The numbers Go gives to signature algorithms; 0 for one it does not know. */
final class SignatureAlgorithms {
  private static final int CONTEXT_0 = 0xa0;
  private static final int CONTEXT_2 = 0xa2;
  private static final String PSS = "1.2.840.113549.1.1.10";

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("1.2.840.113549.1.1.2", 1),
          Map.entry("1.2.840.113549.1.1.4", 2),
          Map.entry("1.2.840.113549.1.1.5", 3),
          Map.entry("1.3.14.3.2.29", 3),
          Map.entry("1.2.840.113549.1.1.11", 4),
          Map.entry("1.2.840.113549.1.1.12", 5),
          Map.entry("1.2.840.113549.1.1.13", 6),
          Map.entry("1.2.840.10040.4.3", 7),
          Map.entry("2.16.840.1.101.3.4.3.2", 8),
          Map.entry("1.2.840.10045.4.1", 9),
          Map.entry("1.2.840.10045.4.3.2", 10),
          Map.entry("1.2.840.10045.4.3.3", 11),
          Map.entry("1.2.840.10045.4.3.4", 12),
          Map.entry("1.3.101.112", 16));

  private SignatureAlgorithms() {}

  /** The number of an algorithm identifier. */
  static int number(Der identifier) throws JoseException {
    String oid = identifier.next(Der.OID).oid();
    if (oid.equals(PSS)) {
      return pss(identifier);
    }
    Integer number = NUMBERS.get(oid);
    return number == null ? 0 : number;
  }

  /** Only with a salt as long as the hash. */
  private static int pss(Der identifier) throws JoseException {
    Der parameters = identifier.next(Der.SEQUENCE);
    String hash = "";
    int salt = 20;
    while (!parameters.atEnd()) {
      int tag = parameters.tag();
      Der value = parameters.next();
      if (tag == CONTEXT_0) {
        hash = value.next(Der.SEQUENCE).next(Der.OID).oid();
      } else if (tag == CONTEXT_2) {
        salt = value.next(Der.INTEGER).number().intValue();
      }
    }
    return switch (hash) {
      case "2.16.840.1.101.3.4.2.1" -> salt == 32 ? 13 : 0;
      case "2.16.840.1.101.3.4.2.2" -> salt == 48 ? 14 : 0;
      case "2.16.840.1.101.3.4.2.3" -> salt == 64 ? 15 : 0;
      default -> 0;
    };
  }
}

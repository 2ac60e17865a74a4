package app.intentgate.rego.x509;

import java.util.List;

/** What a key may be used for, with the names and numbers of Go. */
final class KeyUsages {
  /** Names by number. */
  private static final List<String> NAMES =
      List.of(
          "KeyUsageAny",
          "KeyUsageServerAuth",
          "KeyUsageClientAuth",
          "KeyUsageCodeSigning",
          "KeyUsageEmailProtection",
          "KeyUsageIPSECEndSystem",
          "KeyUsageIPSECTunnel",
          "KeyUsageIPSECUser",
          "KeyUsageTimeStamping",
          "KeyUsageOCSPSigning",
          "KeyUsageMicrosoftServerGatedCrypto",
          "KeyUsageNetscapeServerGatedCrypto",
          "KeyUsageMicrosoftCommercialCodeSigning",
          "KeyUsageMicrosoftKernelCodeSigning");

  /** Object identifiers by number. */
  private static final List<String> OIDS =
      List.of(
          "2.5.29.37.0",
          "1.3.6.1.5.5.7.3.1",
          "1.3.6.1.5.5.7.3.2",
          "1.3.6.1.5.5.7.3.3",
          "1.3.6.1.5.5.7.3.4",
          "1.3.6.1.5.5.7.3.5",
          "1.3.6.1.5.5.7.3.6",
          "1.3.6.1.5.5.7.3.7",
          "1.3.6.1.5.5.7.3.8",
          "1.3.6.1.5.5.7.3.9",
          "1.3.6.1.4.1.311.10.3.3",
          "2.16.840.1.113730.4.1",
          "1.3.6.1.4.1.311.2.1.22",
          "1.3.6.1.4.1.311.61.1.1");

  static final String ANY = OIDS.get(0);
  static final String SERVER_AUTH = OIDS.get(1);

  private KeyUsages() {}

  /** The number of an object identifier; -1 for one that has none. */
  static int number(String oid) {
    return OIDS.indexOf(oid);
  }

  /** The object identifier of a name; empty for one that is not known. */
  static String oid(String name) {
    int number = NAMES.indexOf(name);
    return number < 0 ? "" : OIDS.get(number);
  }
}

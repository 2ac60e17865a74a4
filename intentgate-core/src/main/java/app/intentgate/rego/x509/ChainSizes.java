package app.intentgate.rego.x509;

import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/**
 * How much there is in certificates that verifying them compares with each other. The JDK does that
 * in one go, so that what takes too long has to be refused before.
 */
final class ChainSizes {
  /** Names times constraints on names; a constraint is compared with each of the others, too. */
  private static final long MAX_COMPARISONS = 25_000;

  private static final int MAX_CONSTRAINTS = 250;
  private static final int MAX_POLICIES = 200;
  private static final int MAX_RSA_BITS = 8192;
  private static final int COMPARISONS_PER_STEP = 4;

  private long names;
  private long constraints;
  private long policies;
  private boolean usableKeys = true;

  private ChainSizes() {}

  /** Adds up what is in certificates. */
  static ChainSizes of(List<X509Certificate> certificates) throws JoseException {
    ChainSizes sizes = new ChainSizes();
    for (X509Certificate c : certificates) {
      sizes.names += 1 + count(c, AlternativeNames.OID, 1);
      sizes.constraints += count(c, NameConstraintsView.OID, 2);
      sizes.policies += count(c, PolicyViews.OID, 1) + count(c, PolicyViews.MAPPINGS, 1);
      sizes.usableKeys &= isUsable(c.getPublicKey());
    }
    return sizes;
  }

  /** How many parts an extension has, so many levels below its outermost sequence. */
  private static long count(X509Certificate certificate, String oid, int levels)
      throws JoseException {
    byte[] value = certificate.getExtensionValue(oid);
    return value == null ? 0 : count(Der.of(Shown.withoutOctetString(value)).next(), levels);
  }

  private static long count(Der parts, int levels) throws JoseException {
    long count = 0;
    while (!parts.atEnd()) {
      Der part = parts.next();
      count += levels == 1 ? 1 : count(part, levels - 1);
    }
    return count;
  }

  /** Go verifies no others: DSA is too old for it. */
  private static boolean isUsable(PublicKey key) {
    return key instanceof RSAPublicKey rsa
        ? rsa.getModulus().bitLength() <= MAX_RSA_BITS
        : key instanceof ECPublicKey || key instanceof EdECPublicKey;
  }

  /** Whether all of it can be verified in a time that need not be interrupted. */
  boolean areBounded() {
    return usableKeys
        && constraints <= MAX_CONSTRAINTS
        && names * constraints <= MAX_COMPARISONS
        && policies <= MAX_POLICIES;
  }

  /** What comparing one certificate with the others costs, in steps. */
  long steps() {
    return names * constraints / COMPARISONS_PER_STEP;
  }
}

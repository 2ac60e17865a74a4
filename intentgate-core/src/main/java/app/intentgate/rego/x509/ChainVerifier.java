package app.intentgate.rego.x509;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Verifies chains by PKIX (RFC 5280): signatures, dates, constraints, names. No revocation is
 * looked up. Thread-safe.
 */
public final class ChainVerifier {
  private static final int MAX_CERTIFICATES = 100;

  private ChainVerifier() {}

  /**
   * The chain from the last certificate given up to the first, which is trusted, by way of the
   * others; empty when there is none that is good for what is asked.
   */
  public static List<X509Certificate> verify(List<X509Certificate> given, ChainOptions options) {
    if (given.size() < 2 || given.size() > MAX_CERTIFICATES) {
      return List.of();
    }
    try {
      X509Certificate root = given.get(0);
      X509Certificate leaf = given.get(given.size() - 1);
      List<X509Certificate> chain = new ArrayList<>();
      if (leaf.equals(root)) {
        chain.add(leaf);
      } else {
        if (root.getVersion() >= 3 && root.getBasicConstraints() < 0) {
          return List.of();
        }
        for (Certificate c : path(root, given.subList(1, given.size()), leaf, options)) {
          chain.add((X509Certificate) c);
        }
        chain.add(root);
      }
      root.checkValidity(Date.from(options.time()));
      leaf.checkValidity(Date.from(options.time()));
      boolean isHost = options.dnsName().isEmpty() || HostNames.match(leaf, options.dnsName());
      return isHost && allowsUsage(chain, options.keyUsages()) ? chain : List.of();
    } catch (GeneralSecurityException e) {
      return List.of();
    }
  }

  private static List<? extends Certificate> path(
      X509Certificate root,
      List<X509Certificate> others,
      X509Certificate leaf,
      ChainOptions options)
      throws GeneralSecurityException {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(leaf);
    // The extension's value without the octet string around it.
    byte[] constraints = root.getExtensionValue(NameConstraintsView.OID);
    TrustAnchor anchor =
        new TrustAnchor(root, constraints == null ? null : Shown.withoutOctetString(constraints));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(Set.of(anchor), target);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(options.time()));
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
    return CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath().getCertificates();
  }

  /** Whether one of the usages is allowed by every certificate that limits them. */
  private static boolean allowsUsage(List<X509Certificate> chain, List<String> wanted)
      throws CertificateParsingException {
    if (wanted.contains(KeyUsages.ANY)) {
      return true;
    }
    List<String> left = new ArrayList<>(wanted);
    for (X509Certificate c : chain) {
      List<String> allowed = c.getExtendedKeyUsage();
      if (allowed != null && !allowed.contains(KeyUsages.ANY)) {
        left.retainAll(allowed);
      }
    }
    return !left.isEmpty();
  }
}

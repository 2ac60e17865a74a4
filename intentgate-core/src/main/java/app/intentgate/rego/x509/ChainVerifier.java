package app.intentgate.rego.x509;

import app.intentgate.rego.jose.JoseException;
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
import java.util.function.LongConsumer;

/**
 * Verifies chains by PKIX (RFC 5280): signatures, dates, constraints, names. No revocation is
 * looked up. Thread-safe.
 */
public final class ChainVerifier {
  private static final int MAX_CERTIFICATES = 100;

  /** What verifying one certificate costs. */
  private static final int STEPS = 1000;

  private ChainVerifier() {}

  /**
   * The chain from the last certificate given up to the first, which is trusted, by way of the
   * others; empty when there is none that is good for what is asked, and when it is very long, or
   * finding or verifying it would take very long.
   *
   * @param charge told what the search costs, while it goes on; may end it by an unchecked
   *     exception
   */
  public static List<X509Certificate> verify(
      List<X509Certificate> given, ChainOptions options, LongConsumer charge) {
    if (given.size() < 2 || given.size() > MAX_CERTIFICATES) {
      return List.of();
    }
    charge.accept((long) STEPS * given.size());
    try {
      ChainSizes sizes = ChainSizes.of(given);
      if (!sizes.areBounded()) {
        return List.of();
      }
      SearchBound bound = new SearchBound(charge, STEPS + sizes.steps());
      X509Certificate root = given.get(0);
      X509Certificate leaf = given.get(given.size() - 1);
      List<X509Certificate> chain = new ArrayList<>();
      if (leaf.equals(root)) {
        chain.add(leaf);
      } else {
        if (root.getVersion() >= 3 && root.getBasicConstraints() < 0) {
          return List.of();
        }
        for (Certificate c : path(root, given.subList(1, given.size()), leaf, options, bound)) {
          chain.add((X509Certificate) c);
        }
        chain.add(root);
      }
      root.checkValidity(Date.from(options.time()));
      leaf.checkValidity(Date.from(options.time()));
      boolean isHost = options.dnsName().isEmpty() || HostNames.match(leaf, options.dnsName());
      return isHost && allowsUsage(chain, options.keyUsages()) ? chain : List.of();
    } catch (GeneralSecurityException | JoseException e) {
      return List.of();
    }
  }

  private static List<? extends Certificate> path(
      X509Certificate root,
      List<X509Certificate> others,
      X509Certificate leaf,
      ChainOptions options,
      SearchBound bound)
      throws GeneralSecurityException {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(leaf);
    // The extension's value without the octet string around it.
    byte[] constraints = root.getExtensionValue(NameConstraintsView.OID);
    TrustAnchor anchor =
        new TrustAnchor(root, constraints == null ? null : Shown.withoutOctetString(constraints));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(Set.of(anchor), target);
    parameters.setRevocationEnabled(false);
    // Policies that stand for each other have as many ways through a chain as there are products.
    parameters.setPolicyMappingInhibited(true);
    parameters.setMaxPathLength(-1);
    parameters.addCertPathChecker(bound);
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

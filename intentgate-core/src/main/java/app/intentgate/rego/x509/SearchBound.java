package app.intentgate.rego.x509;

import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.util.Collection;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the search for a chain: the JDK tries all ways through certificates that may have issued
 * each other, of which a few dozen have more than can be tried. It asks this for each certificate
 * that it is about to add to a way, and keeps a copy of this for each place to go back to: copies
 * have lengths of their own and count together what was tried.
 */
final class SearchBound extends PKIXCertPathChecker {
  /** Longer chains are not found; the root does not count. */
  private static final int MAX_LENGTH = 10;

  /** As many certificates are tried. */
  private static final int MAX_TRIED = 100;

  private final LongConsumer charge;
  private final long steps;
  private final int[] tried;
  private int length;

  /**
   * A bound for one search.
   *
   * @param charge told what each certificate costs that is tried
   * @param steps that cost
   */
  SearchBound(LongConsumer charge, long steps) {
    this.charge = charge;
    this.steps = steps;
    this.tried = new int[1];
  }

  @Override
  public void init(boolean forward) {}

  @Override
  public boolean isForwardCheckingSupported() {
    return true;
  }

  @Override
  public @Nullable Set<String> getSupportedExtensions() {
    return null;
  }

  @Override
  public void check(Certificate certificate, Collection<String> unresolvedCritExts)
      throws CertPathValidatorException {
    charge.accept(steps);
    if (++length > MAX_LENGTH || ++tried[0] > MAX_TRIED) {
      throw new CertPathValidatorException("too many certificates");
    }
  }
}

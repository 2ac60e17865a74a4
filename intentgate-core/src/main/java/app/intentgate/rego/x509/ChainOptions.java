package app.intentgate.rego.x509;

import java.time.Instant;
import java.util.List;

/**
 * What a chain of certificates must be good for.
 *
 * @param dnsName the host the leaf must be for; empty for any
 * @param time when all certificates must be valid
 * @param keyUsages object identifiers of which one must be allowed all along the chain
 */
public record ChainOptions(String dnsName, Instant time, List<String> keyUsages) {
  /** Copies the list. */
  public ChainOptions {
    keyUsages = List.copyOf(keyUsages);
  }

  /** For any host, at a time, for servers. */
  public static ChainOptions at(Instant time) {
    return new ChainOptions("", time, List.of(KeyUsages.SERVER_AUTH));
  }

  /** The object identifier of a usage by Go's name for it; empty when it is not known. */
  public static String keyUsage(String name) {
    return KeyUsages.oid(name);
  }
}

package app.intentgate.server.oauth;

import app.intentgate.check.Credential;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens that were verified lately, by their digest: what was verified under keys that
 * count no longer, or ran out, is not found. At most 10,000; the one not used for longest goes.
 * Thread-safe.
 */
final class ExchangedTokens {
  static final int MAX = 10_000;

  private final Clock clock;
  private final Map<String, Exchanged> entries =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Exchanged> eldest) {
          return size() > MAX;
        }
      };

  private record Exchanged(Credential credential, long notAfter, IssuerKeys keys, KeySet under) {}

  ExchangedTokens(Clock clock) {
    this.clock = clock;
  }

  /** What a token was exchanged for; null when it has to be verified. */
  @SuppressWarnings("ReferenceEquality")
  @Nullable Credential find(String text) {
    String key = digest(text);
    Exchanged entry;
    synchronized (entries) {
      entry = entries.get(key);
    }
    if (entry == null) {
      return null;
    }
    KeySet now = entry.keys().current();
    if (now != null
        && now == entry.under()
        && clock.instant().getEpochSecond() < entry.notAfter()) {
      return entry.credential();
    }
    synchronized (entries) {
      entries.remove(key, entry);
    }
    return null;
  }

  void keep(String text, Credential credential, JwtVerifier.Verified verified) {
    Exchanged entry =
        new Exchanged(credential, verified.notAfter(), verified.keys(), verified.under());
    synchronized (entries) {
      entries.put(digest(text), entry);
    }
  }

  int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  /** The exact text's digest: the token itself, a secret, is not kept. */
  private static String digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

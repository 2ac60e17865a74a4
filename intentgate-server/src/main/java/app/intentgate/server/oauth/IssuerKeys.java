package app.intentgate.server.oauth;

import com.nimbusds.jose.JWSHeader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer as this gate knows them. They are asked for again when they are five
 * minutes old, and when a token names one that is not among them, but not more often than every ten
 * seconds, whatever tokens come; they count for an hour when the issuer does not answer. One
 * question at a time; nobody is blocked. Thread-safe.
 */
final class IssuerKeys {
  static final Duration FRESH = Duration.ofMinutes(5);
  static final Duration LONGEST = Duration.ofHours(1);
  static final Duration PAUSE = Duration.ofSeconds(10);

  /** The most tokens that wait for an answer of the issuer. */
  static final int MAX_WAITING = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  private final String issuer;
  private final KeySource source;
  private final LongSupplier millis;

  private volatile @Nullable Known known;
  private @Nullable CompletableFuture<KeySet> asking;
  private long askedAt = Long.MIN_VALUE;
  private int waiting;

  private record Known(KeySet keys, long since) {}

  /**
   * Knows no key yet.
   *
   * @param millis a clock that never goes back
   */
  IssuerKeys(String issuer, KeySource source, LongSupplier millis) {
    this.issuer = issuer;
    this.source = source;
    this.millis = millis;
  }

  /**
   * The set that counts now; null when there is none. Another object than before where the keys may
   * have changed: what was verified under the one has to be verified again. Sees to it that the
   * keys do not grow old.
   */
  @Nullable KeySet current() {
    Known now = usable();
    if (now != null && millis.getAsLong() - now.since() > FRESH.toMillis()) {
      var unused = ask();
    }
    return now == null ? null : now.keys();
  }

  /**
   * The keys to verify a token with, among which its own may still be missing. Complete at once
   * where the issuer need not be asked.
   *
   * @return fails with {@link OAuthRefusal} when there are none
   */
  CompletionStage<KeySet> keysFor(JWSHeader header) {
    KeySet keys = current();
    if (keys != null && !keys.of(header).isEmpty()) {
      return CompletableFuture.completedFuture(keys);
    }
    CompletableFuture<KeySet> answer = await();
    if (answer == null) {
      // Read again: the issuer may have answered since, which is why it is not asked now.
      KeySet latest = current();
      return latest == null
          ? CompletableFuture.failedFuture(OAuthRefusal.unavailable())
          : CompletableFuture.completedFuture(latest);
    }
    return answer.handle(
        (fetched, failure) -> {
          left();
          if (failure != null) {
            throw OAuthRefusal.unavailable();
          }
          return fetched;
        });
  }

  /** Asks for the keys before anybody needs them. */
  void prepare() {
    var unused = ask();
  }

  private @Nullable Known usable() {
    Known now = known;
    return now == null || millis.getAsLong() - now.since() > LONGEST.toMillis() ? null : now;
  }

  /** The answer to wait for; null when the issuer is not to be asked again yet. */
  private synchronized @Nullable CompletableFuture<KeySet> await() {
    if (waiting >= MAX_WAITING) {
      return null;
    }
    CompletableFuture<KeySet> answer = ask();
    if (answer != null) {
      waiting++;
    }
    return answer;
  }

  private synchronized void left() {
    waiting--;
  }

  private synchronized @Nullable CompletableFuture<KeySet> ask() {
    if (asking != null) {
      return asking;
    }
    long now = millis.getAsLong();
    if (askedAt != Long.MIN_VALUE && now - askedAt < PAUSE.toMillis()) {
      return null;
    }
    askedAt = now;
    CompletableFuture<KeySet> answer = new CompletableFuture<>();
    asking = answer;
    try {
      source.fetch().whenComplete((keys, failure) -> answered(answer, keys, failure));
    } catch (RuntimeException e) {
      answered(answer, null, e);
    }
    return answer;
  }

  private void answered(
      CompletableFuture<KeySet> answer, @Nullable KeySet fetched, @Nullable Throwable failure) {
    KeySet keys = fetched;
    synchronized (this) {
      asking = null;
      if (keys != null) {
        Known before = known;
        if (before != null && before.keys().hasSameKeysAs(keys)) {
          keys = before.keys(); // The same object: what was verified under it stays verified.
        }
        known = new Known(keys, millis.getAsLong());
      }
    }
    if (keys == null) {
      LOG.warn(
          "the keys of the OAuth issuer {} cannot be had: {}", issuer, String.valueOf(failure));
      answer.completeExceptionally(
          failure == null ? new IllegalStateException("no keys") : failure);
    } else {
      answer.complete(keys);
    }
  }
}

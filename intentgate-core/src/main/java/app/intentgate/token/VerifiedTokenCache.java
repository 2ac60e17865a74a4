package app.intentgate.token;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Remembers verified tokens by their exact text. Two generations of at most half the limits each:
 * what is used moves to the young one, and when that is full the old one is dropped. So the limits
 * hold, what is in use stays, and no thread waits for another.
 */
final class VerifiedTokenCache {
  private static final int FIXED_COST = 1_300;
  private static final int COST_PER_CAVEAT = 400;
  private static final int COST_PER_CHARACTER = 3;
  private static final int COST_PER_ITEM = 60;

  private final int maxEntries;
  private final long maxBytes;
  private final AtomicReference<Generations> generations =
      new AtomicReference<>(new Generations(new Generation(), new Generation()));

  private record Generations(Generation young, Generation old) {}

  private static final class Generation {
    final Map<Key, VerifiedToken> tokens = new ConcurrentHashMap<>();
    final AtomicLong bytes = new AtomicLong();
  }

  /**
   * A token's exact text, hashed by a part of it: enough to tell signatures apart, and a fraction
   * of the time. Ordered, so that texts chosen to collide cost the map a logarithm and no more.
   */
  private static final class Key implements Comparable<Key> {
    private static final int TAIL = 32;
    private static final int SAMPLES = 16;

    final String text;
    final int hash;

    Key(String text) {
      this.text = text;
      int length = text.length();
      int h = length;
      int step = length / SAMPLES + 1;
      for (int i = 0; i < length; i += step) {
        h = 31 * h + text.charAt(i);
      }
      for (int i = Math.max(0, length - TAIL); i < length; i++) {
        h = 31 * h + text.charAt(i);
      }
      this.hash = h;
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key k && k.text.equals(text);
    }

    @Override
    public int compareTo(Key other) {
      return text.compareTo(other.text);
    }
  }

  /** A cache of so many tokens and about so many bytes. */
  VerifiedTokenCache(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  private Generations now() {
    return Objects.requireNonNull(generations.get());
  }

  @Nullable VerifiedToken get(String text) {
    Generations now = now();
    Key key = new Key(text);
    VerifiedToken token = now.young.tokens.get(key);
    if (token == null) {
      token = now.old.tokens.get(key);
      if (token != null) {
        put(key, token);
      }
    }
    return token;
  }

  void put(String text, VerifiedToken token) {
    put(new Key(text), token);
  }

  private void put(Key key, VerifiedToken token) {
    long cost = cost(key.text, token);
    Generations now = now();
    if (now.young.tokens.size() >= maxEntries / 2 || now.young.bytes.get() + cost > maxBytes / 2) {
      generations.compareAndSet(now, new Generations(new Generation(), now.young));
      now = now();
    }
    if (cost <= maxBytes / 2 && now.young.tokens.putIfAbsent(key, token) == null) {
      now.young.bytes.addAndGet(cost);
    }
  }

  /** About what it takes once every part of it was used. An item of a list is several objects. */
  private static long cost(String text, VerifiedToken token) {
    long cost = FIXED_COST + (long) COST_PER_CHARACTER * text.length();
    for (Caveat caveat : token.token().caveats()) {
      CaveatMembers members = caveat.members();
      int items =
          members.callees().size() + members.calleeZones().size() + members.servers().size();
      cost += COST_PER_CAVEAT + (long) COST_PER_ITEM * items;
      for (ToolPattern pattern : members.tools().patterns()) {
        cost += pattern.cost();
      }
    }
    return cost;
  }

  /** How many tokens are remembered, one in both generations counted twice. */
  int size() {
    Generations now = now();
    return now.young.tokens.size() + now.old.tokens.size();
  }

  /** About how many bytes they take. */
  long bytes() {
    Generations now = now();
    return now.young.bytes.get() + now.old.bytes.get();
  }
}

package app.intentgate.token;

import app.intentgate.token.TokenException.Code;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * The master keys a gate knows, newest first: the newest signs, all verify (B12). Does not print
 * its keys. Immutable and thread-safe.
 */
public final class KeyRing {
  /** The most keys a ring may hold: every one is tried on a token that none of them signed. */
  public static final int MAX_KEYS = 16;

  private final List<MasterKey> keys;

  private KeyRing(List<MasterKey> keys) {
    this.keys = keys;
  }

  /**
   * A ring of these keys, newest first; equal ones count once.
   *
   * @throws TokenException with {@code INVALID_KEY} when there is none, or more than {@link
   *     #MAX_KEYS}
   */
  public static KeyRing of(List<MasterKey> newestFirst) {
    List<MasterKey> distinct = List.copyOf(new LinkedHashSet<>(newestFirst));
    if (distinct.isEmpty()) {
      throw new TokenException(Code.INVALID_KEY, "master key is empty");
    }
    if (distinct.size() > MAX_KEYS) {
      throw new TokenException(
          Code.INVALID_KEY, "at most " + MAX_KEYS + " master keys, not " + distinct.size());
    }
    return new KeyRing(distinct);
  }

  /** A ring of one key. */
  public static KeyRing of(MasterKey key) {
    return of(List.of(key));
  }

  /** A ring of one new key. */
  public static KeyRing generate() {
    return of(MasterKey.generate(new SecureRandom()));
  }

  /**
   * A ring from base64 keys, newest first, separated by commas or line ends.
   *
   * @throws TokenException with {@code INVALID_KEY}; when there are several keys the message says
   *     which is wrong
   */
  public static KeyRing parse(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("[,\n]", -1)) {
      String key = part.replace("\r", "");
      if (!key.isEmpty()) {
        parts.add(key);
      }
    }
    List<MasterKey> keys = new ArrayList<>();
    for (String part : parts) {
      try {
        keys.add(MasterKey.parse(part));
      } catch (TokenException e) {
        throw parts.size() == 1 ? e : which(e, keys.size() + 1, parts.size());
      }
    }
    return of(keys);
  }

  private static TokenException which(TokenException e, int number, int count) {
    return new TokenException(
        e.code(), "key " + number + " of " + count + ": " + Objects.requireNonNull(e.getMessage()));
  }

  /** The key that signs. */
  public MasterKey newest() {
    return keys.get(0);
  }

  /** All keys, newest first. */
  public List<MasterKey> keys() {
    return keys;
  }

  /** A ring with a newer key in front of these. */
  public KeyRing withNewest(MasterKey key) {
    List<MasterKey> all = new ArrayList<>();
    all.add(key);
    all.addAll(keys);
    return of(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyRing r && r.keys.equals(keys);
  }

  @Override
  public int hashCode() {
    return keys.hashCode();
  }

  /** The ids of the keys, never the keys. */
  @Override
  public String toString() {
    return "KeyRing" + keys;
  }
}

package app.intentgate.jdbc.feed;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the database in memory, by their keys. Of two versions of a row the newer one stays, in
 * whatever order they come. Reading takes no lock; one thread reloads.
 */
public final class Mirror<K, V> {
  private final Map<K, V> rows = new ConcurrentHashMap<>();
  private final Set<K> changedMeanwhile = ConcurrentHashMap.newKeySet();
  private final ToLongFunction<V> version;
  private volatile boolean reloading;

  /** An empty one whose rows have versions. */
  public Mirror(ToLongFunction<V> version) {
    this.version = version;
  }

  /** Reads every row there is. */
  @FunctionalInterface
  public interface Reading<K, V> {
    /** Reads them. */
    Map<K, V> rows() throws SQLException;
  }

  /** The row of a key, or null. */
  public @Nullable V get(K key) {
    return rows.get(key);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Every row there is, in no order. */
  public Collection<V> all() {
    return Collections.unmodifiableCollection(rows.values());
  }

  /** A row that is committed. */
  public void put(K key, V row) {
    rows.compute(
        key,
        (k, was) -> {
          if (reloading) {
            changedMeanwhile.add(k);
          }
          return newer(was, row);
        });
  }

  private V newer(@Nullable V was, V now) {
    return was == null || version.applyAsLong(now) >= version.applyAsLong(was) ? now : was;
  }

  /**
   * Replaces everything by what is read: rows that are not there any more go, and a newer version
   * that the database lost is forgotten. What is put meanwhile stays.
   */
  public void reload(Reading<K, V> reading) throws SQLException {
    changedMeanwhile.clear();
    reloading = true;
    try {
      Map<K, V> there = reading.rows();
      there.forEach(
          (key, row) ->
              rows.compute(key, (k, was) -> changedMeanwhile.contains(k) ? newer(was, row) : row));
      for (K key : rows.keySet()) {
        if (!there.containsKey(key)) {
          rows.computeIfPresent(key, (k, was) -> changedMeanwhile.contains(k) ? was : null);
        }
      }
    } finally {
      reloading = false;
      changedMeanwhile.clear();
    }
  }
}

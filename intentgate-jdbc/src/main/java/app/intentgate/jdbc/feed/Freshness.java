package app.intentgate.jdbc.feed;

import app.intentgate.store.StoreUnavailableException;

/** Whether what is held in memory may be relied on. Thread-safe; never blocks. */
public interface Freshness {
  /** For a database that nobody else can change. */
  Freshness ALWAYS = () -> {};

  /**
   * Returns if it may.
   *
   * @throws StoreUnavailableException when it may be out of date
   */
  void require();
}

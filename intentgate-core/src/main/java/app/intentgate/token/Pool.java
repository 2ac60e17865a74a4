package app.intentgate.token;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lends objects that are costly to make and serve one thread at a time. Bounded, without locks, and
 * indifferent to how many threads there are. An object that is not given back is made anew.
 */
final class Pool<T> {
  private static final int SLOTS = 16;

  private final AtomicReferenceArray<@Nullable T> idle = new AtomicReferenceArray<>(SLOTS);
  private final Supplier<T> factory;

  Pool(Supplier<T> factory) {
    this.factory = factory;
  }

  /** An object that nobody else has. */
  T take() {
    int start = start();
    for (int i = 0; i < SLOTS; i++) {
      int slot = (start + i) & (SLOTS - 1);
      if (idle.getPlain(slot) != null) {
        T object = idle.getAndSet(slot, null);
        if (object != null) {
          return object;
        }
      }
    }
    return factory.get();
  }

  /** Gives an object back. */
  void give(T object) {
    int start = start();
    for (int i = 0; i < SLOTS; i++) {
      int slot = (start + i) & (SLOTS - 1);
      if (idle.getPlain(slot) == null && idle.compareAndSet(slot, null, object)) {
        return;
      }
    }
  }

  private static int start() {
    return Long.hashCode(threadId() * 0x9E3779B97F4A7C15L);
  }

  @SuppressWarnings("deprecation") // threadId() needs Java 19
  private static long threadId() {
    return Thread.currentThread().getId();
  }
}

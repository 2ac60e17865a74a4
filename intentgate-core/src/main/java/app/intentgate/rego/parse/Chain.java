package app.intentgate.rego.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list that grows at its end and shares what came before, so that going back to an earlier state
 * costs nothing. Null is the empty one.
 *
 * @param last the last item
 * @param before the items before it
 * @param size how many items
 */
record Chain<T>(T last, @Nullable Chain<T> before, int size) {
  static <T> Chain<T> add(@Nullable Chain<T> chain, T item) {
    return new Chain<>(item, chain, sizeOf(chain) + 1);
  }

  static int sizeOf(@Nullable Chain<?> chain) {
    return chain == null ? 0 : chain.size();
  }

  static <T> List<T> list(@Nullable Chain<T> chain) {
    Deque<T> items = new ArrayDeque<>(sizeOf(chain));
    for (Chain<T> c = chain; c != null; c = c.before()) {
      items.addFirst(c.last());
    }
    return List.copyOf(items);
  }
}

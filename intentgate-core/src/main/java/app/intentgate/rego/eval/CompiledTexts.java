package app.intentgate.rego.eval;

import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Regular expressions and the like that were compiled from texts, kept with the policy. Bounded:
 * when it is full it starts anew, since a policy whose patterns come from its input would otherwise
 * fill the heap. Thread-safe.
 */
public final class CompiledTexts {
  private static final int CAPACITY = 1_000;

  private final ConcurrentHashMap<Key, Object> compiled = new ConcurrentHashMap<>();

  /** Nothing compiled yet. */
  public CompiledTexts() {}

  private record Key(Class<?> kind, String text) {}

  <T> T get(Class<T> kind, String text, BuiltinContext.Compiler<T> compiler)
      throws BuiltinException {
    Key key = new Key(kind, text);
    Object known = compiled.get(key);
    if (known == null) {
      known = compiler.compile(text);
      if (compiled.size() >= CAPACITY) {
        compiled.clear();
      }
      compiled.put(key, known);
    }
    return kind.cast(known);
  }
}

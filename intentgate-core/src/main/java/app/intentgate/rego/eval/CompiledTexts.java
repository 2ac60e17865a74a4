package app.intentgate.rego.eval;

import app.intentgate.rego.regex.Sized;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Regular expressions and the like that were compiled from texts, kept with the policy. Bounded in
 * number and in bytes: when it is full it starts anew, and what is large is not kept, since a
 * policy whose patterns come from its input would otherwise fill the heap. Thread-safe.
 */
public final class CompiledTexts {
  private static final int CAPACITY = 1_000;

  /** What all that is kept may take. */
  private static final long MAX_BYTES = 32 << 20;

  /** What one may take. */
  private static final long MAX_EACH = MAX_BYTES / 16;

  /** What is compiled takes about so many bytes for each char of its text, if it does not tell. */
  private static final int BYTES_PER_CHAR = 16;

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
      keep(key, known);
    }
    return kind.cast(known);
  }

  private void keep(Key key, Object value) {
    long bytes = bytes(key, value);
    if (bytes > MAX_EACH) {
      return;
    }
    if (compiled.size() >= CAPACITY || bytes + bytes() > MAX_BYTES) {
      compiled.clear();
    }
    compiled.put(key, value);
  }

  /** About how much of the heap all that is kept takes; counted anew, since some of it grows. */
  long bytes() {
    long sum = 0;
    for (var entry : compiled.entrySet()) {
      sum += bytes(entry.getKey(), entry.getValue());
    }
    return sum;
  }

  private static long bytes(Key key, Object value) {
    long text = key.text.length();
    return 2 * text + (value instanceof Sized s ? s.bytes() : BYTES_PER_CHAR * text);
  }
}

package app.intentgate.rego.eval;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.regex.Regex;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompiledTextsTest {
  private static final long MANY_BYTES = 40 << 20;

  private final CompiledTexts texts = new CompiledTexts();
  private final AtomicInteger compiled = new AtomicInteger();

  private Regex regex(String pattern) throws Exception {
    return texts.get(
        Regex.class,
        pattern,
        text -> {
          compiled.incrementAndGet();
          return Regex.compile(text);
        });
  }

  @Test
  void a_text_is_compiled_once() throws Exception {
    assertThat(regex("a+")).isSameAs(regex("a+"));
    assertThat(compiled).hasValue(1);
  }

  @Test
  void what_is_kept_stays_within_its_bytes_whatever_the_patterns() throws Exception {
    for (int i = 0; i < 300; i++) {
      regex("(" + "x".repeat(i % 50) + "abcdefghijklmnopqrstuvwxyz".repeat(3) + "){500}" + i);
      assertThat(texts.bytes()).isLessThan(MANY_BYTES);
    }
  }

  @Test
  void tables_that_grow_in_use_count() throws Exception {
    Regex regex = regex("a[ab]{17}$");
    long before = texts.bytes();
    StringBuilder text = new StringBuilder();
    java.util.Random random = new java.util.Random(3);
    for (int i = 0; i < 100_000; i++) {
      text.append(random.nextBoolean() ? 'a' : 'b');
    }
    regex.matches(text);
    assertThat(texts.bytes()).isBetween(before + (1 << 20), before + (3 << 20));
  }

  @Test
  void what_is_large_is_compiled_each_time() throws Exception {
    String pattern = "[a-z]".repeat(12_000) + "(" + "abcdefghijk".repeat(7) + "){1000}";
    regex(pattern);
    regex(pattern);
    assertThat(compiled).hasValue(2);
    assertThat(texts.bytes()).isZero();
  }
}

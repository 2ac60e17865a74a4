package app.intentgate.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.intent.ExtractionRequest;
import app.intentgate.intent.Intent;
import app.intentgate.intent.IntentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachingExtractorTest {
  @Test
  void answers_are_remembered_per_tenant_and_agent_B39() {
    List<ExtractionRequest> asked = new ArrayList<>();
    CachingExtractor cache =
        new CachingExtractor(
            request -> {
              asked.add(request);
              return CompletableFuture.completedFuture(Intent.of("", List.of("t"), List.of(), 1));
            });
    for (int i = 0; i < 3; i++) {
      cache.extract(new ExtractionRequest("acme", "a", "p"));
      cache.extract(new ExtractionRequest("globex", "a", "p"));
      cache.extract(new ExtractionRequest("acme", "b", "p"));
    }
    assertThat(asked).hasSize(3);
  }

  @Test
  void equal_prompts_at_the_same_time_cost_one_extraction_B39() {
    List<CompletableFuture<Intent>> open = new ArrayList<>();
    CachingExtractor cache =
        new CachingExtractor(
            request -> {
              CompletableFuture<Intent> f = new CompletableFuture<>();
              open.add(f);
              return f;
            });
    ExtractionRequest request = new ExtractionRequest("acme", "a", "p");
    CompletableFuture<Intent> one = cache.extract(request).toCompletableFuture();
    CompletableFuture<Intent> two = cache.extract(request).toCompletableFuture();
    assertThat(open).hasSize(1);
    open.get(0).complete(Intent.of("s", List.of("t"), List.of(), 1));
    assertThat(one.join()).isEqualTo(two.join());
  }

  @Test
  void a_failure_is_not_remembered_and_an_answer_expires_B39() {
    AtomicLong nanos = new AtomicLong();
    List<String> asked = new ArrayList<>();
    CachingExtractor cache =
        new CachingExtractor(
            request -> {
              asked.add(request.prompt());
              return asked.size() == 1
                  ? CompletableFuture.failedFuture(new IntentException("extractor failed"))
                  : CompletableFuture.completedFuture(Intent.of("", List.of("t"), List.of(), 1));
            },
            Duration.ofMinutes(10),
            4,
            nanos::get);
    ExtractionRequest request = new ExtractionRequest("acme", "a", "p");
    assertThat(cache.extract(request).toCompletableFuture()).isCompletedExceptionally();
    cache.extract(request);
    cache.extract(request);
    assertThat(asked).hasSize(2);
    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    cache.extract(request);
    assertThat(asked).hasSize(3);
  }

  @Test
  void the_cache_is_bounded() {
    List<String> asked = new ArrayList<>();
    CachingExtractor cache =
        new CachingExtractor(
            request -> {
              asked.add(request.prompt());
              return CompletableFuture.completedFuture(Intent.of("", List.of("t"), List.of(), 1));
            },
            Duration.ofMinutes(10),
            8,
            System::nanoTime);
    for (int i = 0; i < 100; i++) {
      cache.extract(new ExtractionRequest("acme", "a", "prompt " + i));
    }
    cache.extract(new ExtractionRequest("acme", "a", "prompt 0"));
    assertThat(asked).hasSize(101);
    cache.extract(new ExtractionRequest("acme", "a", "prompt 99"));
    assertThat(asked).hasSize(101);
  }

  private final List<String> asked = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  /** A cache whose every look is later than the one before. */
  private CachingExtractor cache(int maxEntries) {
    return new CachingExtractor(
        request -> {
          asked.add(request.prompt());
          return CompletableFuture.completedFuture(Intent.of("", List.of("t"), List.of(), 1));
        },
        Duration.ofMinutes(10),
        maxEntries,
        nanos::incrementAndGet);
  }

  private static void ask(CachingExtractor cache, String prompt) {
    assertThat(cache.extract(new ExtractionRequest("acme", "a", prompt))).isCompleted();
  }

  @Test
  void a_full_cache_lets_go_of_its_oldest_eighth_at_once() {
    CachingExtractor cache = cache(80);
    for (int i = 0; i <= 80; i++) {
      ask(cache, "prompt " + i);
    }
    asked.clear();
    ask(cache, "prompt 10");
    assertThat(asked).as("young enough to stay").isEmpty();
    ask(cache, "prompt 9");
    assertThat(asked).as("the youngest of the eighth").containsExactly("prompt 9");
  }

  @Test
  void the_cache_is_bounded_by_the_characters_of_its_prompts() {
    CachingExtractor cache = cache(16);
    for (int i = 0; i < 7; i++) {
      ask(cache, "small " + i);
    }
    String large = "x".repeat(900_000);
    for (int i = 0; i < 9; i++) {
      ask(cache, large + i);
    }
    asked.clear();
    ask(cache, large + 8);
    assertThat(asked).isEmpty();
    ask(cache, large + 0);
    assertThat(asked).as("nine of them are more than eight million").hasSize(1);
  }

  @Test
  void a_prompt_that_would_take_an_eighth_of_the_cache_is_not_remembered() {
    CachingExtractor cache = cache(16);
    ask(cache, "small");
    String huge = "x".repeat(1_000_001);
    ask(cache, huge);
    ask(cache, huge);
    ask(cache, "small");
    assertThat(asked).containsExactly("small", huge, huge);
  }
}

package app.intentgate.check.run;

import app.intentgate.intent.ExtractionRequest;
import app.intentgate.intent.Intent;
import app.intentgate.intent.IntentExtractor;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what an extractor answered, per tenant, agent and prompt (B39). Bounded: by entries and
 * by the characters of their prompts; the oldest eighth makes room, and a prompt that would take as
 * much for itself is not remembered. An entry lives ten minutes unless told otherwise. Calls with
 * one prompt at the same time cost one extraction; a failure is not remembered. Thread-safe; a hit
 * takes no lock.
 */
final class CachingExtractor implements IntentExtractor {
  /** How long an answer is remembered unless told otherwise. */
  static final Duration DEFAULT_LIFE = Duration.ofMinutes(10);

  /** How many answers are remembered unless told otherwise. */
  static final int DEFAULT_MAX_ENTRIES = 10_000;

  /** How many characters of prompts are held at the most. */
  static final long MAX_CHARACTERS = 8_000_000;

  private record Entry(CompletableFuture<Intent> answer, long madeAtNanos) {}

  private final IntentExtractor extractor;
  private final long lifeNanos;
  private final int maxEntries;
  private final LongSupplier nanoTime;
  private final Map<ExtractionRequest, Entry> entries = new ConcurrentHashMap<>();
  private long characters;

  /** A cache with the default bounds. */
  CachingExtractor(IntentExtractor extractor) {
    this(extractor, DEFAULT_LIFE, DEFAULT_MAX_ENTRIES, System::nanoTime);
  }

  /**
   * A cache.
   *
   * @param life how long an answer is remembered
   * @param maxEntries how many are remembered at the most
   * @param nanoTime a monotonic clock in nanoseconds
   */
  CachingExtractor(
      IntentExtractor extractor, Duration life, int maxEntries, LongSupplier nanoTime) {
    this.extractor = extractor;
    this.lifeNanos = life.toNanos();
    this.maxEntries = maxEntries;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletionStage<Intent> extract(ExtractionRequest request) {
    if (request.prompt().length() > MAX_CHARACTERS / 8) {
      return extractor.extract(request);
    }
    Entry entry = entries.get(request);
    long now = nanoTime.getAsLong();
    if (entry != null && now - entry.madeAtNanos < lifeNanos) {
      return entry.answer;
    }
    CompletableFuture<Intent> answer = new CompletableFuture<>();
    Entry other = claim(request, new Entry(answer, now), now);
    if (other != null) {
      return other.answer;
    }
    ask(request, answer);
    return answer;
  }

  /** Puts an entry in place of none or an expired one; the entry of another caller otherwise. */
  private synchronized @Nullable Entry claim(ExtractionRequest request, Entry mine, long now) {
    Entry there = entries.get(request);
    if (there != null) {
      if (now - there.madeAtNanos < lifeNanos) {
        return there;
      }
      remove(request, there);
    }
    makeRoom(request.prompt().length(), now);
    entries.put(request, mine);
    characters += request.prompt().length();
    return null;
  }

  private void makeRoom(int needed, long now) {
    if (entries.size() < maxEntries && characters + needed <= MAX_CHARACTERS) {
      return;
    }
    entries.forEach(
        (request, entry) -> {
          if (now - entry.madeAtNanos >= lifeNanos) {
            remove(request, entry);
          }
        });
    if (isRoomy()) {
      return;
    }
    // Sorting all is paid for by the many prompts that then find room.
    Iterator<Map.Entry<ExtractionRequest, Entry>> oldest =
        entries.entrySet().stream()
            .sorted((a, b) -> Long.compare(a.getValue().madeAtNanos, b.getValue().madeAtNanos))
            .iterator();
    while (oldest.hasNext() && !isRoomy()) {
      Map.Entry<ExtractionRequest, Entry> e = oldest.next();
      remove(e.getKey(), e.getValue());
    }
  }

  /** Whether an eighth is free of both, which is enough for any prompt that is remembered. */
  private boolean isRoomy() {
    return entries.size() <= maxEntries * 7L / 8 && characters <= MAX_CHARACTERS / 8 * 7;
  }

  private synchronized void remove(ExtractionRequest request, Entry entry) {
    if (entries.remove(request, entry)) {
      characters -= request.prompt().length();
    }
  }

  private void ask(ExtractionRequest request, CompletableFuture<Intent> answer) {
    CompletionStage<Intent> stage;
    try {
      stage = Objects.requireNonNull(extractor.extract(request), "no stage");
    } catch (RuntimeException | Error e) {
      stage = CompletableFuture.failedFuture(e);
    }
    stage.whenComplete(
        (intent, failure) -> {
          if (failure != null) {
            forget(request, answer);
            answer.completeExceptionally(failure);
          } else {
            answer.complete(intent);
          }
        });
  }

  private void forget(ExtractionRequest request, CompletableFuture<Intent> answer) {
    Entry entry = entries.get(request);
    if (entry != null && entry.answer == answer) {
      remove(request, entry);
    }
  }
}

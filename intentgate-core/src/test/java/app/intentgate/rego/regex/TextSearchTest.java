package app.intentgate.rego.regex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TextSearchTest {
  private static final int TEXT = 12_000;
  private static final int PART = 900;

  @Test
  void all_places_are_found_in_texts_that_repeat_themselves() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      String text = repetitive(random, TEXT);
      int from = random.nextInt(TEXT - PART);
      String part = text.substring(from, from + PART);
      if (random.nextInt(4) == 0) {
        part = part.substring(1) + "c";
      }
      assertThat(places(text, part, 1)).isEqualTo(expected(text, part, 1));
      assertThat(places(text, part, PART)).isEqualTo(expected(text, part, PART));
      int start = random.nextInt(TEXT);
      assertThat(TextSearch.indexOf(text, part, start, StepBudget.UNLIMITED))
          .isEqualTo(text.indexOf(part, start));
    }
  }

  /** Words put together from the words before, with a letter here and there that breaks them. */
  private static String repetitive(Random random, int length) {
    List<String> words = new ArrayList<>(List.of("a", "ab", "b".repeat(random.nextInt(40) + 1)));
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      String word = words.get(random.nextInt(words.size()));
      String more = word.repeat(random.nextInt(5) + 1) + words.get(random.nextInt(words.size()));
      text.append(more.length() < PART ? more : word);
      if (more.length() < 4 * PART) {
        words.add(more);
      }
      if (random.nextInt(20) == 0) {
        text.append('b');
      }
    }
    return text.substring(0, length);
  }

  private static List<Integer> places(String text, String part, int step) {
    TextSearch search = new TextSearch(text, part, StepBudget.UNLIMITED);
    List<Integer> places = new ArrayList<>();
    for (int at = search.next(0); at >= 0; at = search.next(at + step)) {
      places.add(at);
    }
    return places;
  }

  private static List<Integer> expected(String text, String part, int step) {
    List<Integer> places = new ArrayList<>();
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + step)) {
      places.add(at);
    }
    return places;
  }

  @Test
  void the_longest_search_takes_steps_in_proportion_to_the_texts() {
    String text = "a".repeat(700_000);
    String part = "a".repeat(100_000);
    for (String wanted : List.of(part, part + "b", "b" + part, part + "b" + part)) {
      AtomicLong steps = new AtomicLong();
      TextSearch search = new TextSearch(text, wanted, steps::addAndGet);
      int found = 0;
      for (int at = search.next(0); at >= 0; at = search.next(at + 1)) {
        found++;
      }
      assertThat(found).isEqualTo(wanted.equals(part) ? 600_001 : 0);
      assertThat(steps.get()).isLessThan(text.length());
    }
  }
}

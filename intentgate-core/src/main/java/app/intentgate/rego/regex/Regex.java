package app.intentgate.rego.regex;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A compiled regular expression in RE2 syntax that gives the results of Go's {@code regexp}:
 * leftmost-first matches, found in time linear in the text whatever the pattern.
 *
 * <p>Text is read by code point; a lone surrogate counts as U+FFFD. Perl's {@code \d \s \w \b} are
 * ASCII, {@code $} without the flag {@code m} is the end of the text only, and {@code \C}, look
 * around and back references do not exist. Unicode classes are those of the running JDK.
 *
 * <p>Limits: a pattern has at most 65,536 chars, 100,000 instructions once repetitions are written
 * out, counts up to 1,000, and nests up to 1,000 deep. The tables a pattern builds while it matches
 * stay below about 2 MiB.
 *
 * <p>Immutable to the caller and safe for use by several threads; compile once and keep.
 */
public final class Regex implements Sized {
  /** Longer patterns are refused as too large. */
  public static final int MAX_PATTERN = 1 << 16;

  /** What an instruction or a range of characters takes in the heap. */
  private static final int BYTES_PER_PART = 24;

  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  /** Machines with more cells than this are not kept for the next match. */
  private static final int KEEP_CELLS = 1 << 16;

  private final String pattern;
  private final Program program;
  private final Literal literal;
  private final List<@Nullable String> groupNames;
  private volatile @Nullable Dfa dfa;
  private final AtomicReference<@Nullable Backtracker> backtracker = new AtomicReference<>();
  private final AtomicReference<@Nullable PikeMachine> pikeMachine = new AtomicReference<>();

  private Regex(String pattern, Program program, List<@Nullable String> groupNames) {
    this.pattern = pattern;
    this.program = program;
    this.literal = Literal.of(program);
    this.groupNames = groupNames;
  }

  /**
   * Compiles a pattern.
   *
   * @throws RegexSyntaxException when it is not valid, or too large
   */
  public static Regex compile(String pattern) {
    RegexParser.Result parsed = RegexParser.parse(pattern);
    List<@Nullable String> names = Collections.unmodifiableList(parsed.groupNames());
    return new Regex(
        pattern, ProgramCompiler.compile(pattern, parsed.tree(), names.size() - 1), names);
  }

  /** A pattern that matches exactly the given text. */
  public static String quote(String text) {
    StringBuilder b = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (SPECIAL.indexOf(c) >= 0) {
        b.append('\\');
      }
      b.append(c);
    }
    return b.toString();
  }

  /** The pattern as it was given. */
  public String pattern() {
    return pattern;
  }

  /** What compiling took time for: instructions, and ranges of characters. */
  public int size() {
    return program.size() + program.ranges();
  }

  @Override
  public long bytes() {
    Dfa tables = dfa;
    return (long) BYTES_PER_PART * size() + (tables == null ? 0 : tables.bytes());
  }

  /** The number of groups, without the whole match. */
  public int groupCount() {
    return groupNames.size() - 1;
  }

  /** The names of the groups by number, null where there is none; number 0 is the whole match. */
  public List<@Nullable String> groupNames() {
    return groupNames;
  }

  /** Whether the pattern matches anywhere in a text. */
  public boolean matches(CharSequence text) {
    return matches(text, StepBudget.UNLIMITED);
  }

  /** Whether the pattern matches anywhere in a text, within a budget. */
  public boolean matches(CharSequence text, StepBudget budget) {
    String s = text.toString();
    int from = literal.candidate(s, 0, budget);
    if (from < 0 || literal.complete()) {
      return from >= 0;
    }
    Meter meter = new Meter(budget);
    Dfa.Answer answer = dfa().run(s, from, meter);
    boolean matched =
        answer == Dfa.Answer.TOO_MANY_STATES
            ? search(s, from, new int[0], meter)
            : answer == Dfa.Answer.MATCH;
    meter.report();
    return matched;
  }

  /** The first match, or null. */
  public @Nullable RegexMatch find(CharSequence text) {
    return find(text, 0, StepBudget.UNLIMITED);
  }

  /**
   * The first match that starts at or after a place, or null. What is before that place still
   * counts for {@code ^} and {@code \b}.
   */
  public @Nullable RegexMatch find(CharSequence text, int from, StepBudget budget) {
    Meter meter = new Meter(budget);
    RegexMatch match = find(text.toString(), from, meter);
    meter.report();
    return match;
  }

  /**
   * All matches that do not overlap, in order; an empty match directly behind another one does not
   * count.
   *
   * @param limit at most so many; negative for all
   */
  public List<RegexMatch> findAll(CharSequence text, int limit) {
    return findAll(text, limit, StepBudget.UNLIMITED);
  }

  /** As {@link #findAll(CharSequence, int)}, within a budget. */
  public List<RegexMatch> findAll(CharSequence text, int limit, StepBudget budget) {
    List<RegexMatch> found = new ArrayList<>();
    forEach(text.toString(), limit, budget, found::add);
    return found;
  }

  /**
   * Replaces every match by a template, in which {@code $1} and {@code ${name}} stand for groups
   * and {@code $$} for a dollar sign.
   */
  public String replaceAll(CharSequence text, String template) {
    return replaceAll(text, template, StepBudget.UNLIMITED);
  }

  /** As {@link #replaceAll(CharSequence, String)}, within a budget, which the result counts to. */
  public String replaceAll(CharSequence text, String template, StepBudget budget) {
    String s = text.toString();
    ReplacementTemplate replacement = new ReplacementTemplate(template, groupNames, budget);
    StringBuilder out = new StringBuilder(s.length());
    int[] copied = {0};
    forEach(
        s,
        -1,
        budget,
        match -> {
          // Before it is there: a short template may repeat a long match very often.
          budget.spend(match.start() - copied[0] + replacement.length(match));
          out.append(s, copied[0], match.start());
          replacement.appendTo(out, s, match);
          copied[0] = match.end();
        });
    return out.append(s, copied[0], s.length()).toString();
  }

  /**
   * The parts of a text between the matches.
   *
   * @param limit at most so many parts, the last with the rest of the text; 0 for none, negative
   *     for all
   */
  public List<String> split(CharSequence text, int limit) {
    return split(text, limit, StepBudget.UNLIMITED);
  }

  /** As {@link #split(CharSequence, int)}, within a budget. */
  public List<String> split(CharSequence text, int limit, StepBudget budget) {
    String s = text.toString();
    if (limit == 0) {
      return List.of();
    }
    if (s.isEmpty() && !pattern.isEmpty()) {
      return List.of("");
    }
    List<String> parts = new ArrayList<>();
    int begin = 0;
    int end = 0;
    for (RegexMatch match : findAll(s, limit, budget)) {
      if (limit > 0 && parts.size() == limit - 1) {
        break;
      }
      end = match.start();
      if (match.end() != 0) {
        parts.add(s.substring(begin, end));
      }
      begin = match.end();
    }
    if (end != s.length()) {
      parts.add(s.substring(begin));
    }
    return parts;
  }

  private void forEach(String text, int limit, StepBudget budget, Consumer<RegexMatch> action) {
    Meter meter = new Meter(budget);
    int place = 0;
    int lastEnd = -1;
    int count = 0;
    while (place <= text.length() && count != limit) {
      RegexMatch match = find(text, place, meter);
      if (match == null) {
        break;
      }
      boolean emptyHere = match.end() == place;
      if (!emptyHere || match.start() != lastEnd) {
        action.accept(match);
        count++;
      }
      lastEnd = match.end();
      place = match.end();
      if (emptyHere) {
        place += place < text.length() ? Characters.width(Characters.at(text, place)) : 1;
      }
    }
    meter.report();
  }

  private @Nullable RegexMatch find(String text, int from, Meter meter) {
    int candidate = literal.candidate(text, from, meter.budget());
    if (candidate < 0 || program.anchored() && candidate > 0) {
      return null;
    }
    int[] slots = new int[program.slots()];
    if (literal.complete() && slots.length == 2) {
      slots[0] = candidate;
      slots[1] = candidate + literal.prefix().length();
      return new RegexMatch(text, slots);
    }
    return search(text, candidate, slots, meter) ? new RegexMatch(text, slots) : null;
  }

  private boolean search(String text, int from, int[] slots, Meter meter) {
    if (Backtracker.fits(program, text.length() - from)) {
      Backtracker kept = backtracker.getAndSet(null);
      Backtracker engine = kept != null ? kept : new Backtracker(program);
      boolean found = engine.find(text, from, slots, meter);
      backtracker.set(engine);
      return found;
    }
    // Cheap beside what follows, and most searches of long texts find nothing.
    if (dfa().run(text, from, meter) == Dfa.Answer.NO_MATCH) {
      return false;
    }
    PikeMachine kept = pikeMachine.getAndSet(null);
    PikeMachine engine = kept != null ? kept : new PikeMachine(program);
    boolean found = engine.find(text, from, slots, meter);
    if ((long) program.size() * program.slots() <= KEEP_CELLS) {
      pikeMachine.set(engine);
    }
    return found;
  }

  private Dfa dfa() {
    Dfa known = dfa;
    if (known == null) {
      known = new Dfa(program);
      dfa = known;
    }
    return known;
  }

  /** The pattern. */
  @Override
  public String toString() {
    return pattern;
  }
}

package app.intentgate.token;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool name, or a pattern of names: {@code *} is any run without {@code /}, {@code ?} one
 * character but {@code /}, {@code [a-z]} and {@code [^a]} one character in or out of ranges, a
 * backslash takes the next character as it is. The whole name must match. A text without {@code *},
 * {@code ?} and {@code [} is a plain name. Matching takes time proportional to the product of the
 * two lengths at most. Immutable and thread-safe.
 */
public final class ToolPattern {
  private static final int STAR = -1;
  private static final int ANY = -2;
  private static final int CLASS = -3;
  private static final int COST = 150;
  private static final int COST_PER_CLASS = 60;

  private final String text;
  private final boolean plain;

  /** Made when first needed; a race makes two of the same. */
  private @Nullable Glob glob;

  /** A compiled pattern. */
  private static final class Glob {
    /** What each place of the pattern matches, or null when it is malformed. */
    final int @Nullable [] parts;

    /** The classes that {@code CLASS} parts refer to. */
    final List<CharacterClass> classes = new ArrayList<>(0);

    Glob(String text) {
      parts = compile(text, classes);
    }
  }

  private static final class CharacterClass {
    private final boolean negated;
    private final int[] bounds;

    /** Bounds are low and high in turn. */
    CharacterClass(boolean negated, List<Integer> bounds) {
      this.negated = negated;
      this.bounds = bounds.stream().mapToInt(Integer::intValue).toArray();
    }

    boolean contains(int c) {
      boolean in = false;
      for (int i = 0; i < bounds.length; i += 2) {
        in |= bounds[i] <= c && c <= bounds[i + 1];
      }
      return in != negated;
    }
  }

  private ToolPattern(String text) {
    this.text = text;
    this.plain = text.indexOf('*') < 0 && text.indexOf('?') < 0 && text.indexOf('[') < 0;
  }

  /** The pattern a text writes; it may be {@linkplain #isMalformed malformed}. */
  public static ToolPattern of(String text) {
    return new ToolPattern(text);
  }

  /** The text it was written as. */
  public String text() {
    return text;
  }

  /** Whether the text is no pattern at all: such a one must not be minted, and denies (B10). */
  public boolean isMalformed() {
    return !plain && glob().parts == null;
  }

  /** Whether a name matches. A malformed pattern matches nothing but its own text. */
  public boolean matches(String name) {
    if (name.equals(text)) {
      return true;
    }
    if (plain) {
      return false;
    }
    Glob compiled = glob();
    return compiled.parts != null && matches(compiled.parts, compiled.classes, name);
  }

  /** About how many bytes it takes once it was matched, its text apart. */
  long cost() {
    long cost = COST;
    if (!plain) {
      cost += (long) Integer.BYTES * text.length();
      for (int at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
        cost += COST_PER_CLASS;
      }
    }
    return cost;
  }

  private Glob glob() {
    Glob compiled = glob;
    if (compiled == null) {
      compiled = new Glob(text);
      glob = compiled;
    }
    return compiled;
  }

  /** The parts of a pattern, or null when it is malformed. */
  private static int @Nullable [] compile(String text, List<CharacterClass> classes) {
    int[] pattern = text.codePoints().toArray();
    int[] parts = new int[pattern.length];
    int n = 0;
    for (int i = 0; i < pattern.length; i++) {
      switch (pattern[i]) {
        case '*' -> parts[n++] = STAR;
        case '?' -> parts[n++] = ANY;
        case '[' -> {
          i = characterClass(pattern, i + 1, classes);
          if (i < 0) {
            return null;
          }
          parts[n++] = CLASS - (classes.size() - 1);
        }
        case '\\' -> {
          if (++i == pattern.length) {
            return null;
          }
          parts[n++] = pattern[i];
        }
        default -> parts[n++] = pattern[i];
      }
    }
    return Arrays.copyOf(parts, n);
  }

  /** Reads the class that begins at a place; where its bracket closes, or -1 when it is wrong. */
  private static int characterClass(int[] pattern, int from, List<CharacterClass> classes) {
    int i = from;
    boolean negated = i < pattern.length && pattern[i] == '^';
    if (negated) {
      i++;
    }
    List<Integer> bounds = new ArrayList<>();
    while (bounds.isEmpty() || i >= pattern.length || pattern[i] != ']') {
      int at = literal(pattern, i);
      if (at < 0) {
        return -1;
      }
      int low = pattern[at];
      int high = low;
      i = at + 1;
      if (i < pattern.length && pattern[i] == '-') {
        at = literal(pattern, i + 1);
        if (at < 0) {
          return -1;
        }
        high = pattern[at];
        i = at + 1;
      }
      bounds.add(low);
      bounds.add(high);
    }
    classes.add(new CharacterClass(negated, bounds));
    return i;
  }

  /** Where the character stands that a class names at a place, or -1 when none may stand there. */
  private static int literal(int[] pattern, int at) {
    if (at >= pattern.length || pattern[at] == '-' || pattern[at] == ']') {
      return -1;
    }
    int character = pattern[at] == '\\' ? at + 1 : at;
    return character < pattern.length ? character : -1;
  }

  /** Goes back to the last star only: the shortest run it can stand for is always good enough. */
  private static boolean matches(int[] pattern, List<CharacterClass> classes, String name) {
    int p = 0;
    int i = 0;
    int starAt = -1;
    int starEnd = 0;
    while (i < name.length()) {
      int c = name.codePointAt(i);
      if (p < pattern.length && pattern[p] == STAR) {
        starAt = p++;
        starEnd = i;
      } else if (p < pattern.length && matchesOne(pattern[p], c, classes)) {
        p++;
        i += Character.charCount(c);
      } else {
        int skipped = starAt < 0 ? '/' : name.codePointAt(starEnd);
        if (skipped == '/') {
          return false;
        }
        starEnd += Character.charCount(skipped);
        p = starAt + 1;
        i = starEnd;
      }
    }
    while (p < pattern.length && pattern[p] == STAR) {
      p++;
    }
    return p == pattern.length;
  }

  private static boolean matchesOne(int part, int c, List<CharacterClass> classes) {
    if (part >= 0) {
      return part == c;
    }
    return part == ANY ? c != '/' : classes.get(CLASS - part).contains(c);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ToolPattern p && p.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pattern's text. */
  @Override
  public String toString() {
    return text;
  }
}

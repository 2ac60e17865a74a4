package app.intentgate.rego.conformance;

import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * How well reported errors match the expected ones, in four levels: 1 accepted or refused, 2 the
 * set of code and row, 3 also the column, 4 also the message.
 */
public final class ErrorLevels {
  /** The highest level. */
  public static final int LEVELS = 4;

  private final int[] passed = new int[LEVELS + 1];
  private final List<String> failures = new ArrayList<>();
  private int cases;

  /** Adds a case. */
  public void add(CompileCase c, List<RegoError> got) {
    cases++;
    int level = level(c.wantErrors(), got);
    for (int l = 1; l <= level; l++) {
      passed[l]++;
    }
    if (level < LEVELS) {
      failures.add("L" + (level + 1) + " " + c.note() + "\n  want " + show(c) + "\n  got  " + got);
    }
  }

  private static String show(CompileCase c) {
    return c.wantErrors().stream()
        .map(e -> e.row() + ":" + e.col() + " " + e.code() + ": " + e.message())
        .toList()
        .toString();
  }

  /** The highest level that holds for a case; 0 for none. */
  public static int level(List<CompileCase.WantError> want, List<RegoError> got) {
    if (want.isEmpty() != got.isEmpty()) {
      return 0;
    }
    List<BiPredicate<CompileCase.WantError, RegoError>> same =
        List.of(
            (w, g) -> w.code().equals(g.code()) && w.row() == g.location().row(),
            (w, g) -> w.col() == g.location().col(),
            (w, g) -> w.message().equals(g.message()));
    BiPredicate<CompileCase.WantError, RegoError> all = (w, g) -> true;
    int level = 1;
    for (BiPredicate<CompileCase.WantError, RegoError> more : same) {
      all = all.and(more);
      if (!sameSet(want, got, all)) {
        return level;
      }
      level++;
    }
    return level;
  }

  private static boolean sameSet(
      List<CompileCase.WantError> want,
      List<RegoError> got,
      BiPredicate<CompileCase.WantError, RegoError> same) {
    return want.stream().allMatch(w -> got.stream().anyMatch(g -> same.test(w, g)))
        && got.stream().allMatch(g -> want.stream().anyMatch(w -> same.test(w, g)));
  }

  /** How many cases. */
  public int cases() {
    return cases;
  }

  /** How many passed at a level. */
  public int passed(int level) {
    return passed[level];
  }

  /** The share that passed at a level, in percent. */
  public double percent(int level) {
    return cases == 0 ? 100 : 100.0 * passed[level] / cases;
  }

  /** One line per case that did not pass at all levels. */
  public List<String> failures() {
    return failures;
  }

  /** The notes of the cases that failed at level 1. */
  public Set<String> wrongVerdicts() {
    return failures.stream().filter(f -> f.startsWith("L1 ")).collect(Collectors.toSet());
  }

  /** {@code L1 126/126 100.0%, L2 …}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (int l = 1; l <= LEVELS; l++) {
      out.append(
          String.format(
              Locale.ROOT,
              "%sL%d %d/%d %.1f%%",
              l == 1 ? "" : ", ",
              l,
              passed[l],
              cases,
              percent(l)));
    }
    return out.toString();
  }
}

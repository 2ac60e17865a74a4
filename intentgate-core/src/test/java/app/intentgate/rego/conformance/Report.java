package app.intentgate.rego.conformance;

import app.intentgate.rego.conformance.CaseRunner.Outcome;
import app.intentgate.rego.conformance.CaseRunner.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts how cases ended, by folder and by tier, and prints that as a table. Not thread-safe. */
public final class Report {
  private static final String LINE = "%-40s %5d cases %5d passed %4d refused %4d wrong%n";

  private final String title;
  private final Map<String, Count> folders = new TreeMap<>();
  private final Map<Tier, Count> tiers = new EnumMap<>(Tier.class);
  private final List<String> failures = new ArrayList<>();

  private static final class Count {
    private final Map<Verdict, Integer> by = new EnumMap<>(Verdict.class);

    void add(Verdict verdict) {
      by.merge(verdict, 1, Integer::sum);
    }

    int of(Verdict verdict) {
      return by.getOrDefault(verdict, 0);
    }

    int all() {
      return by.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** An empty report. */
  public Report(String title) {
    this.title = title;
  }

  /** Counts a case under a folder's name. */
  public void add(String folder, RegoCase testCase, Outcome outcome) {
    folders.computeIfAbsent(folder, f -> new Count()).add(outcome.verdict());
    tiers.computeIfAbsent(Tier.of(folder), t -> new Count()).add(outcome.verdict());
    if (outcome.verdict() != Verdict.PASSED) {
      failures.add(outcome.verdict() + " " + testCase + ": " + outcome.detail());
    }
  }

  /** Prints a line per folder and, with tiers, one per tier. */
  public void print(boolean withTiers) {
    folders.forEach((folder, n) -> line(title + " " + folder, n));
    if (withTiers) {
      tiers.forEach((tier, n) -> line(title + " tier " + tier, n));
    }
  }

  private static void line(String name, Count n) {
    System.out.printf(
        LINE, name, n.all(), n.of(Verdict.PASSED), n.of(Verdict.REFUSED), n.of(Verdict.WRONG));
  }

  /** How many cases were counted. */
  public int cases() {
    return folders.values().stream().mapToInt(Count::all).sum();
  }

  /** The share of a tier's cases that passed, in percent; 100 when it has none. */
  public double passed(Tier tier) {
    return share(tiers.getOrDefault(tier, new Count()));
  }

  /** The share of all cases that passed, in percent. */
  public double passed() {
    Count all = new Count();
    folders.values().forEach(f -> f.by.forEach((v, n) -> all.by.merge(v, n, Integer::sum)));
    return share(all);
  }

  private static double share(Count n) {
    return n.all() == 0 ? 100 : 100.0 * n.of(Verdict.PASSED) / n.all();
  }

  /** How many cases of a tier had another answer than OPA's. */
  public int wrong(Tier tier) {
    return tiers.getOrDefault(tier, new Count()).of(Verdict.WRONG);
  }

  /** The folders with cases that were refused at compile time. */
  public Set<String> refusedFolders() {
    Set<String> refused = new TreeSet<>();
    folders.forEach(
        (folder, n) -> {
          if (n.of(Verdict.REFUSED) > 0) {
            refused.add(folder);
          }
        });
    return refused;
  }

  /** The cases that did not pass, the first of them in words. */
  public String failures() {
    int shown = Math.min(40, failures.size());
    return failures.size() + " did not pass:\n" + String.join("\n", failures.subList(0, shown));
  }
}

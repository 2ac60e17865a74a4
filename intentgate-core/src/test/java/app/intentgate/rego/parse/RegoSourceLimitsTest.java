package app.intentgate.rego.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a hostile source may cost: stack, and the text of its errors. */
class RegoSourceLimitsTest {
  private static final ParserOptions V1 = ParserOptions.ofDefaults();

  /** What the nestings name. */
  private static final String KNOWN = "package a\nf(v) := v\na := {1: 1}\ny := [1]\nz := 1\n";

  /** What opens a level, and what closes it. */
  private static final Map<String, String> NESTINGS =
      Map.ofEntries(
          Map.entry("[", "]"),
          Map.entry("{", "}"),
          Map.entry("(", ")"),
          Map.entry("f(", ")"),
          Map.entry("a[", "]"),
          Map.entry("-a[", "]"),
          Map.entry("[x | ", "]"),
          Map.entry("{x | ", "}"),
          Map.entry("{x: y | ", "}"),
          Map.entry("{x | some y in ", "}"),
          Map.entry("{x | not ", "}"),
          Map.entry("{\"k\": ", "}"),
          Map.entry("1 with input as {x | y with input as ", "}"),
          Map.entry("every x in y { z == ", "}"),
          Map.entry("1 + 2 == (1 + 2 == 3 | 4 & 5 * 6 + ", ")"),
          Map.entry("- ", ""),
          Map.entry("1 + ", ""),
          Map.entry("$\"{", "}\""),
          Map.entry("$\"{a[", "]}\""));

  @Test
  void whatIsTooLongOrTooDeepIsRefused() throws InterruptedException {
    List<String> sources = new ArrayList<>();
    NESTINGS.forEach(
        (open, close) -> {
          sources.add("x if {\n" + open.repeat(100_000) + "1" + close.repeat(100_000) + "\n}");
          sources.add("x := " + open.repeat(100_000));
          sources.add("x := {" + open.repeat(100_000) + "1" + close.repeat(100_000) + "}");
        });
    sources.add("x := 1 if true\n" + "else := 1 if true\n".repeat(100_000));
    onSmallStack(
        512,
        () -> {
          for (String source : sources) {
            assertThat(RegoParserTest.errors("package a\n" + source)).isNotEmpty();
          }
        });
    assertThat(RegoParserTest.errors("package a\n" + "#".repeat(V1.maxSourceChars())))
        .containsExactly("source is longer than 4194304 characters");
  }

  @Test
  void whatIsJustDeepEnoughIsCompiledToo() throws InterruptedException {
    Map<String, Integer> decided = new TreeMap<>();
    onSmallStack(
        1024,
        () ->
            NESTINGS.forEach(
                (open, close) -> {
                  for (int depth = 10; depth < 520; depth += 10) {
                    String body = open.repeat(depth) + "1" + close.repeat(depth);
                    if (isDecided(KNOWN + "x if {\n" + body + "\n}")) {
                      decided.put(open, depth);
                    }
                  }
                }));
    assertThat(decided).containsKeys("[", "(", "f(", "{", "1 + ", "a[", "$\"{");
  }

  /** Whether it compiles and is evaluated; it may be refused, and nothing else may happen. */
  private static boolean isDecided(String source) {
    try {
      RegoPolicy policy = RegoPolicy.builder().module("a.rego", source).compile();
      policy.prepare("data.a.x").results(null, EvalOptions.ofDefaults());
      return true;
    } catch (RegoCompileException | RegoEvalException e) {
      return false;
    }
  }

  private static void onSmallStack(int kibibytes, Runnable work) throws InterruptedException {
    Throwable[] thrown = new Throwable[1];
    Thread small = new Thread(null, work, "small-stack", (long) kibibytes << 10);
    small.setUncaughtExceptionHandler((t, e) -> thrown[0] = e);
    small.start();
    small.join();
    assertThat(thrown[0]).isNull();
  }

  @Test
  void aSourceOfErrorsIsToldOfSome() {
    String pairs = "a b ".repeat(100_000);
    String wide = "x := " + "(1 + 2 == 3 | 4 & 5 * 6 + ".repeat(20_000);
    for (String source : List.of(pairs, wide)) {
      assertThatThrownBy(() -> RegoParser.parseModule("a.rego", "package a\n" + source, V1))
          .isInstanceOfSatisfying(
              RegoParseException.class,
              e -> {
                assertThat(e.errors()).hasSize(101);
                assertThat(e.errors().get(100).message()).isEqualTo("error limit reached");
                assertThat(e.errors())
                    .allSatisfy(told -> assertThat(told.text().length()).isLessThan(5_000));
              });
    }
  }

  @Test
  void aPieceOfALineHasWholeCharacters() {
    for (String odd : List.of("", "x")) {
      String faces = "\uD83D\uDE00".repeat(1_000);
      String source = "package a\nx := \"" + odd + faces + "\" }" + odd + " # " + faces;
      assertThatThrownBy(() -> RegoParser.parseModule("a.rego", source, V1))
          .isInstanceOfSatisfying(
              RegoParseException.class,
              e ->
                  assertThat(e.errors().get(0).text())
                      .contains("\uD83D\uDE00")
                      .satisfies(text -> assertThat(UTF_8.newEncoder().canEncode(text)).isTrue()));
    }
  }
}

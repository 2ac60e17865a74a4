package app.intentgate.rego.parse;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.ast.RegoVersion;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken sources give errors with a place, and nothing else ever comes out of the parser. */
class RegoParserFuzzTest {
  private static final String[] SEEDS = {
    """
    package a.b["c d"]
    import data.x as y
    import future.keywords.not
    # METADATA
    # title: [t, "u"]
    # custom: {a: 1}
    default allow := false
    allow if { some k, v in input.xs; not v == 1; every z in [1, 2] { z > 0 } }
    deny contains $"{input.user}: \\{no} {count(xs) + 1}" if input.x with data.y as {"a": 1}
    f(x, [_, y]) := z if { z := x | y } else := -1.5e3 if x else := null
    a.b[c].d := {k: v | some k, v in `raw`}
    set_of := {1, "two", [3], {"four": 4}, set()} & {x | x := data.a[_]["b"].c}
    """,
    """
    package v0
    import rego.v1
    p[x] { x = 1 } { x = 2; not x }
    q["a"] = {"b": [true, false]} { walk(input, [p, v]) }
    """
  };
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "|",
    ":",
    ":=",
    "=",
    "==",
    ",",
    ";",
    "\n",
    "\"",
    "`",
    "$\"",
    "$`",
    "\\",
    "#",
    "# METADATA\n# a: {",
    "if ",
    "else ",
    "contains ",
    "some ",
    "every ",
    "in ",
    "not ",
    "with ",
    "as ",
    "default ",
    "import ",
    "package ",
    ".",
    "1e9999999999",
    "0x",
    "\u0000",
    "\uD800",
    "\uFEFF",
    "é",
    "😀",
    "_",
    "-",
    "\t",
    "\r\n"
  };

  @Test
  void mutatedModulesOnlyGiveParseErrors() {
    Random random = new Random(20261122);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder source = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
      int changes = 1 + random.nextInt(4);
      for (int c = 0; c < changes; c++) {
        mutate(source, random);
      }
      RegoVersion version = random.nextBoolean() ? RegoVersion.V1 : RegoVersion.V0;
      ParserOptions options = ParserOptions.ofDefaults().withVersion(version);
      try {
        RegoParser.parseModule("f.rego", source.toString(), options);
      } catch (RegoParseException e) {
        refused++;
        assertThat(e.errors()).as("%s", source).isNotEmpty();
        assertThat(e.errors())
            .allSatisfy(error -> assertThat(error.location().row()).isNotNegative());
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void anyTextOnlyGivesParseErrors() {
    Random random = new Random(20261123);
    for (int i = 0; i < 6_000; i++) {
      StringBuilder source = new StringBuilder(random.nextBoolean() ? "" : "package p\n");
      for (int n = random.nextInt(40); n > 0; n--) {
        switch (random.nextInt(4)) {
          case 0 -> source.append(PIECES[random.nextInt(PIECES.length)]);
          case 1 -> source.append((char) random.nextInt(0x80));
          case 2 -> source.appendCodePoint(random.nextInt(0x110000));
          default -> source.append((char) ('a' + random.nextInt(3)));
        }
      }
      String text = source.toString();
      try {
        RegoParser.parseModule("f.rego", text, ParserOptions.ofDefaults());
      } catch (RegoParseException e) {
        assertThat(e.errors()).as("%s", text).isNotEmpty();
      }
      try {
        RegoParser.parseQuery(text, ParserOptions.ofDefaults());
      } catch (RegoParseException e) {
        assertThat(e.errors()).as("%s", text).isNotEmpty();
      }
    }
  }

  private static void mutate(StringBuilder source, Random random) {
    int at = random.nextInt(source.length() + 1);
    int end = Math.min(source.length(), at + random.nextInt(12));
    switch (random.nextInt(4)) {
      case 0 -> source.insert(at, PIECES[random.nextInt(PIECES.length)]);
      case 1 -> source.delete(at, end);
      case 2 -> source.insert(random.nextInt(source.length() + 1), source.substring(at, end));
      default -> source.setLength(at);
    }
  }
}

package app.intentgate.rego;

import java.util.ArrayList;
import java.util.List;

/**
 * Policies put together of what the language has, and damaged a little: each byte of an input is
 * one choice, so that near inputs make near policies. Of what is not there the first is chosen.
 */
final class ChosenPolicy {
  private static final String[] VALUES = {
    "input",
    "input.a",
    "input.xs",
    "input.xs[_]",
    "input.m[k]",
    "data.p",
    "data.base.list[i]",
    "x",
    "y",
    "k",
    "i",
    "1",
    "-1.5",
    "1e300",
    "\"a\"",
    "\"\"",
    "true",
    "null",
    "[]",
    "{}",
    "set()",
    "[x, y]",
    "{x, 1}",
    "{\"a\": x}",
    "[z | z := input.xs[_]]",
    "{z | some z in input.xs}",
    "{q: z | z := input.m[q]}",
    "h",
    "hs[x]",
    "ho[x]",
    "ho",
    "f(x)",
    "f(input.a)",
    "x + 1",
    "x - y",
    "x / y",
    "x % 2",
    "x | y",
    "x & y",
    "count(x)",
    "sum(input.xs)",
    "sprintf(\"%d %s %v\", [x, y, k])",
    "concat(\",\", input.xs)",
    "numbers.range(1, x)",
    "object.get(x, \"a\", y)",
    "$\"{x} and {y}\"",
    "json.unmarshal(x)",
    "regex.replace(x, y, \"b\")",
    "walk(input)",
    "time.now_ns()",
    "array.slice(x, 1, i)",
    "object.union(x, y)",
    "units.parse(x)",
    "glob.match(x, [], y)",
    "json.patch(input, [{\"op\": \"add\", \"path\": x, \"value\": y}])",
    "to_number(x)",
    "split(x, y)",
    "graph.reachable(input.m, {x})",
    "base64.decode(x)",
    "yaml.unmarshal(x)",
    "bits.lsh(1, x)",
    "substring(x, i, -1)",
    "sort(x)",
    "min(x)",
    "rego.metadata.rule()"
  };
  private static final String[] HEADS = {
    "q if",
    "q := x if",
    "r contains x if",
    "o[x] := y if",
    "s.a[x].b := y if",
    "g(_) := y if",
    "g(1) := x if",
    "default q := 1\n\nq if",
    "s.a.b := x if",
    "g([_, z]) := z if",
    "t if"
  };
  private static final String[] DAMAGE = {
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ",",
    ":=",
    "=",
    "==",
    "not ",
    "some ",
    "every ",
    "with input as ",
    "with data.base as ",
    "with count as ",
    " in ",
    "else ",
    "if ",
    "\n",
    ".",
    "|",
    "\"",
    "_"
  };

  private final byte[] choices;
  private int at;

  private ChosenPolicy(byte[] choices, int from) {
    this.choices = choices;
    this.at = from;
  }

  /** The policy of the choices from a place on. */
  static String of(byte[] choices, int from) {
    return new ChosenPolicy(choices, from).policy();
  }

  /** One of so many. */
  private int choose(int count) {
    return at < choices.length ? (choices[at++] & 0xff) % count : 0;
  }

  private String one(String... of) {
    return of[choose(of.length)];
  }

  private String expression() {
    return switch (choose(9)) {
      case 0, 1 -> "v" + choose(100) + " := " + one(VALUES);
      case 2 -> one(VALUES) + " = " + one(VALUES);
      case 3 -> one(VALUES) + " == " + one(VALUES);
      case 4 -> one(VALUES) + " < " + one(VALUES);
      case 5 -> "some " + one("v", "v, w", "[v, w]", "[x, v]") + " in " + one(VALUES);
      case 6 -> "not " + one(VALUES);
      case 7 -> "every z in " + one(VALUES) + " { z != " + one(VALUES) + " }";
      default -> one(VALUES) + " with input.a as " + one(VALUES);
    };
  }

  private String policy() {
    StringBuilder out = new StringBuilder("package p\n");
    for (int i = 1 + choose(5); i > 0; i--) {
      List<String> body = new ArrayList<>();
      body.add("k := \"k\"");
      body.add("i := 1");
      body.add("x := " + one(VALUES).replaceAll("\\b[xy]\\b", "input.a"));
      body.add("y := " + one(VALUES).replaceAll("\\by\\b", "input.xs"));
      for (int n = choose(4); n > 0; n--) {
        body.add(expression());
      }
      out.append('\n').append(one(HEADS)).append(" {\n  ");
      out.append(String.join("\n  ", body)).append("\n}\n");
    }
    for (int n = choose(3); n > 1; n--) {
      out.insert(10 + (choose(256) << 8 | choose(256)) % (out.length() - 10), one(DAMAGE));
    }
    return out.toString();
  }
}

package app.intentgate.rego.eval;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Strings with expressions in them. */
class TemplateStringsTest {
  @Expressions(
      rules =
          """
          name := "ann"

          undef if input.missing

          greet(x) := $"hello {x}"
          """,
      value =
          """
          $"" => ""
          $"plain" => "plain"
          $"{name}" => "ann"
          $"{input.s} and {name}" => "text and ann"
          $"{1 + 1}" => "2"
          $"{input.half}" => "0.5"
          $"{true} {null}" => "true null"
          $"{input.a}" => "[1, 2]"
          $"{input.o}" => "{\\"k\\": \\"v\\"}"
          $"{["a", "b"]}" => "[\\"a\\", \\"b\\"]"
          $"{set()}" => "set()"
          $"{count(input.a)} items" => "2 items"
          $"{upper(name)}" => "ANN"
          $"{greet(name)}!" => "hello ann!"
          $"{$"{name}-{name}"}" => "ann-ann"
          $"{input.missing}" => "<undefined>"
          $"<{undef}>" => "<<undefined>>"
          $"{data.nowhere.x}, {name}" => "<undefined>, ann"
          $"{$"{input.missing}"} {name}" => "<undefined> ann"
          $"\\{name}" => "{name}"
          $"a \\{b} {name}" => "a {b} ann"
          $"tab\\tquote\\"" => "tab\\tquote\\""
          $"{[x | some x in input.a; x > 1]}" => "[2]"
          [s | some x in input.a; s := $"n{x}"] => ["n1", "n2"]
          {$"{k}{k}": v | some k, v in input.o} => {"kk": "v"}
          $"{name}" == "ann" => true
          if "text" == $"{input.s}" => true
          concat("-", [$"{1}", $"{2}"]) => "1-2"
          """)
  void expressions_between_braces_are_written_into_the_text(ExpressionTable.Line line) {
    line.check();
  }
}

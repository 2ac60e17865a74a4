package app.intentgate.rego.parse;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Infix operators: five levels that bind ever more tightly, and {@code in} below them all; within a
 * level from left to right.
 */
class OperatorsTest {
  /** An operator, the function it stands for, and how tightly it binds. */
  private record Op(String symbol, String function, int level) {}

  private static final List<Op> OPS =
      List.of(
          new Op("in", "internal.member_2", 0),
          new Op("==", "equal", 1),
          new Op("!=", "neq", 1),
          new Op("<", "lt", 1),
          new Op("<=", "lte", 1),
          new Op(">", "gt", 1),
          new Op(">=", "gte", 1),
          new Op("|", "or", 2),
          new Op("&", "and", 3),
          new Op("+", "plus", 4),
          new Op("-", "minus", 4),
          new Op("*", "mul", 5),
          new Op("/", "div", 5),
          new Op("%", "rem", 5));

  static Stream<Arguments> pairs() {
    return OPS.stream().flatMap(a -> OPS.stream().map(b -> Arguments.of(a, b)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void two_operators_group_by_their_levels(Op first, Op second) {
    String text = "a " + first.symbol + " b " + second.symbol + " c";
    String left = second.function + "(" + first.function + "(a, b), c)";
    String right = first.function + "(a, " + second.function + "(b, c))";
    assertThat(Parsing.query(text)).isEqualTo(first.level >= second.level ? left : right);
    assertThat(Parsing.query("(a " + first.symbol + " b) " + second.symbol + " c")).isEqualTo(left);
    assertThat(Parsing.query("a " + first.symbol + " (b " + second.symbol + " c)"))
        .isEqualTo(right);
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void chains_of_operators_split_at_the_last_of_the_loosest(int seed) {
    Random random = new Random(seed);
    List<Op> ops = new ArrayList<>();
    StringBuilder text = new StringBuilder("x0");
    for (int i = 1; i <= 3 + random.nextInt(10); i++) {
      Op op = OPS.get(random.nextInt(OPS.size()));
      ops.add(op);
      text.append(' ').append(op.symbol).append(" x").append(i);
    }
    assertThat(Parsing.query(text.toString()))
        .as(text.toString())
        .isEqualTo(grouped(ops, 0, ops.size()));
  }

  /** What the operands from one to another are, by the rule and not by parsing. */
  private static String grouped(List<Op> ops, int from, int to) {
    if (from == to) {
      return "x" + from;
    }
    int split = from;
    for (int i = from; i < to; i++) {
      if (ops.get(i).level <= ops.get(split).level) {
        split = i;
      }
    }
    return ops.get(split).function
        + "("
        + grouped(ops, from, split)
        + ", "
        + grouped(ops, split + 1, to)
        + ")";
  }

  @ParameterizedTest
  @RegoTable(
      """
      a+b*c
      => plus(a, mul(b, c))
      --
      a-b
      => minus(a, b)
      --
      a -b
      => minus(a, b)
      --
      a - -1
      => minus(a, -1)
      --
      -a
      => minus(0, a)
      --
      -a.b + 1
      => plus(minus(0, a.b), 1)
      --
      -f(x)
      => minus(0, f(x))
      --
      a * -b
      => mul(a, minus(0, b))
      --
      1 + -2
      => plus(1, -2)
      --
      f(x) + g(y)[0]
      => plus(f(x), g(y)[0])
      --
      k, v in xs
      => internal.member_3(k, v, xs)
      --
      k, v in xs in ys
      => internal.member_2(internal.member_3(k, v, xs), ys)
      --
      k + 1, v * 2 in xs
      => internal.member_3(plus(k, 1), mul(v, 2), xs)
      --
      x in [1, 2] | {3}
      => internal.member_2(x, or([1, 2], {3}))
      --
      x = y == z
      => x = equal(y, z)
      --
      x := a in b
      => assign(x, internal.member_2(a, b))
      --
      a ==
        b
      => equal(a, b)
      --
      a
        == b
      => equal(a, b)
      --
      (((a)))
      => a
      --
      [a + b, {c | d, e}][f - 1]
      => [plus(a, b), {e, or(c, d)}][minus(f, 1)]
      """)
  void expressions_are_read(RegoRow row) {
    row.isAnsweredBy(Parsing.query(row.source()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      p if a +
      => 3:8 parse: unexpected eof token
      --
      p if { a + }
      => 3:12 parse: unexpected } token
      --
      p if { a == }
      => 3:13 parse: unexpected } token
      --
      p if { a == == b }
      => 3:13 parse: unexpected equal token
      --
      p if { + a }
      => 3:8 parse: unexpected plus token
      --
      p if { a && b }
      => 3:11 parse: unexpected and token
      --
      p if { a || b }
      => 3:11 parse: unexpected or token
      --
      p if { a =! b }
      => 3:11 parse: illegal ! character
      => 3:11 parse: illegal token
      --
      p if { a ** b }
      => 3:11 parse: unexpected mul token
      --
      p if { a =< b }
      => 3:11 parse: unexpected lt token
      --
      p if { a => b }
      => 3:11 parse: unexpected gt token
      --
      p if { a === b }
      => 3:12 parse: unexpected eq token
      --
      p if { a in }
      => 3:13 parse: unexpected } token
      --
      p if { a != }
      => 3:13 parse: unexpected } token
      --
      p if { !a }
      => 3:8 parse: illegal ! character
      => 3:8 parse: illegal token
      --
      p if { a ? b : c }
      => 3:10 parse: illegal token
      --
      p if { a = b = c }
      => 3:14 parse: unexpected eq token: expected \\n or ; or }
      --
      p if { a := b := c }
      => 3:15 parse: unexpected assign token: expected \\n or ; or }
      """)
  void an_operator_without_an_operand_is_refused(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }
}

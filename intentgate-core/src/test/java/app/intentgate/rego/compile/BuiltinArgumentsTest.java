package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import app.intentgate.rego.builtin.StandardBuiltins;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.rego.spi.RegoType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of every built-in function with arguments that fit, too few, too many, and wrong ones. */
class BuiltinArgumentsTest {
  private static final BuiltinRegistry BUILTINS = StandardBuiltins.registry();

  /** Literals, and for each whether it is of a scalar type or what kind of collection it is. */
  private static final Map<String, String> LITERALS = new LinkedHashMap<>();

  static {
    LITERALS.put("null", "null");
    LITERALS.put("true", "boolean");
    LITERALS.put("7", "number");
    LITERALS.put("\"a\"", "string");
    LITERALS.put("[]", "array");
    LITERALS.put("{}", "object");
    LITERALS.put("set()", "set");
  }

  /** Functions whose calls the compiler treats in a way of its own. */
  private static final Set<String> SPECIAL =
      Set.of(
          "eq",
          "assign",
          "equal",
          "print",
          "internal.print",
          "rego.metadata.chain",
          "rego.metadata.rule",
          "internal.template_string");

  static Stream<BuiltinSignature> signatures() {
    return new TreeSet<>(BUILTINS.names())
        .stream()
            .filter(name -> !SPECIAL.contains(name))
            .map(name -> java.util.Objects.requireNonNull(BUILTINS.signature(name)));
  }

  private static boolean fits(String kind, RegoType type) {
    if (type instanceof RegoType.Union union) {
      return union.of().isEmpty() || union.of().stream().anyMatch(t -> fits(kind, t));
    }
    return switch (kind) {
      case "array" -> type instanceof RegoType.Array array && array.items().isEmpty();
      case "object" -> type instanceof RegoType.Obj object && object.members().isEmpty();
      case "set" -> type instanceof RegoType.Set;
      default -> kind.equals(type.toString());
    };
  }

  /** A literal of a type; null where a type wants fixed parts. */
  private static List<String> fitting(RegoType type, boolean wanted) {
    return LITERALS.entrySet().stream()
        .filter(e -> fits(e.getValue(), type) == wanted)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> messages(String call) {
    // Version 0, in which deprecated functions may be called.
    return Sources.rules("p = x { x := " + call + " }").v0().errors().stream()
        .map(RegoError::message)
        .toList();
  }

  private static String call(BuiltinSignature f, List<String> args) {
    return f.name() + args.stream().collect(Collectors.joining(", ", "(", ")"));
  }

  private static List<String> good(BuiltinSignature f) {
    List<String> args = new ArrayList<>();
    for (RegoType type : f.arguments()) {
      List<String> fitting = fitting(type, true);
      args.add(fitting.isEmpty() ? "input.any" : fitting.get(0));
    }
    return args;
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void arguments_that_fit_are_taken(BuiltinSignature f) {
    assertThat(messages(call(f, good(f)))).isEmpty();
    List<String> unknown = f.arguments().stream().map(type -> "input.any").toList();
    assertThat(messages(call(f, unknown))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void too_few_and_too_many_are_refused(BuiltinSignature f) {
    List<String> args = new ArrayList<>(good(f));
    args.add("1");
    assertThat(messages(call(f, args))).containsExactly(f.name() + ": arity mismatch");
    if (f.arity() > 0) {
      assertThat(messages(call(f, good(f).subList(0, f.arity() - 1))))
          .containsExactly(f.name() + ": arity mismatch");
    }
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void each_argument_of_another_type_is_refused(BuiltinSignature f) {
    for (int i = 0; i < f.arity(); i++) {
      for (String wrong : fitting(f.arguments().get(i), false)) {
        boolean fixedParts = wrong.length() > 1 && fitting(f.arguments().get(i), true).isEmpty();
        if (!fixedParts) {
          List<String> args = good(f);
          args.set(i, wrong);
          assertThat(messages(call(f, args)))
              .as(call(f, args))
              .containsExactly(f.name() + ": invalid argument(s)");
        }
      }
    }
  }

  @ParameterizedTest
  @RegoTable(
      """
      p := concat(1, ["a"])
      => have: (number, array<string>, ???)
      => want: (string, any<array[string], set[string]>, string)
      --
      p := count(1)
      => have: (number, ???)
      => want: (any<string, array[any], object[any: any], set[any]>, number)
      --
      p := upper([])
      => have: (array[any], ???)
      => want: (string, string)
      --
      p := sum(["a"])
      => have: (array<string>, ???)
      => want: (any<array[number], set[number]>, number)
      --
      p := max(1)
      => have: (number, ???)
      => want: (any<array[any], set[any]>, any)
      --
      p := 1 + "a"
      => have: (number, string, ???)
      => want: (number, number, number)
      --
      p := "a" * 2
      => have: (string, number, ???)
      => want: (number, number, number)
      --
      p := {1} & 2
      => have: (set[number], number, ???)
      => want: (set[any], set[any], set[any])
      --
      p := [1] | {2}
      => have: (array<number>, set[number], ???)
      => want: (set[any], set[any], set[any])
      --
      p := "a" - 1
      => have: (string, number, ???)
      => want: (any<number, set[any]>, any<number, set[any]>, any<number, set[any]>)
      --
      p := split("a", 1)
      => have: (string, number, ???)
      => want: (string, string, array[string])
      --
      p := startswith(["a"], "a")
      => have: (array<string>, string, ???)
      => want: (string, string, boolean)
      --
      p := substring("a", "b", 1)
      => have: (string, string, number, ???)
      => want: (string, number, number, string)
      --
      p := trim("a", null)
      => have: (string, null, ???)
      => want: (string, string, string)
      --
      p := json.unmarshal({})
      => have: (object[any: any], ???)
      => want: (string, any)
      --
      p := base64.decode(1)
      => have: (number, ???)
      => want: (string, string)
      --
      p := array.slice("a", 0, 1)
      => have: (string, number, number, ???)
      => want: (array[any], number, number, array[any])
      --
      p := array.concat([1], {2})
      => have: (array<number>, set[number], ???)
      => want: (array[any], array[any], array[any])
      --
      p := object.get([], "a", 1)
      => have: (array[any], string, number, ???)
      => want: (object[any: any], any, any, any)
      --
      p := object.remove({"a": 1}, 5)
      => have: (object<a: number>, number, ???)
      => want: (object[any: any], any<array[any], object[any: any], set[any]>, object[any: any])
      --
      p := numbers.range("a", 2)
      => have: (string, number, ???)
      => want: (number, number, array[number])
      --
      p := time.parse_rfc3339_ns(1)
      => have: (number, ???)
      => want: (string, number)
      --
      p := regex.match(1, "a")
      => have: (number, string, ???)
      => want: (string, string, boolean)
      --
      p := net.cidr_contains(1, "a")
      => have: (number, string, ???)
      => want: (string, string, boolean)
      --
      p := sprintf(1, [1])
      => have: (number, array<number>, ???)
      => want: (string, array[any], string)
      --
      p := sprintf("a", 1)
      => have: (string, number, ???)
      => want: (string, array[any], string)
      --
      p := to_number([])
      => have: (array[any], ???)
      => want: (any<null, boolean, number, string>, number)
      --
      p if x := bits.and("a", 1)
      => have: (string, number, ???)
      => want: (number, number, number)
      """)
  void what_was_given_and_wanted_is_shown(RegoRow row) {
    List<RegoError> errors = Sources.modules(row.module()).errors();
    assertThat(errors).hasSize(1);
    row.isAnsweredBy(
        errors.get(0).text().lines().skip(1).map(String::strip).collect(Collectors.joining("\n")));
  }
}

package app.intentgate.rego.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import app.intentgate.rego.spi.Builtin;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What any function does with any arguments: it gives a value of the type that its signature
 * promises, or none, or an error of the kind that policies know, and the same the next time.
 */
class AnyArgumentsTest {
  private static final BuiltinRegistry ALL = StandardBuiltins.registry();
  private static final int CALLS = 300;

  /**
   * Functions that give null for a text without keys, although their type is another in OPA too.
   */
  private static final Set<String> MAYBE_NULL =
      Set.of("crypto.parse_private_keys", "crypto.x509.parse_rsa_private_key");

  static Stream<String> functions() {
    return ALL.names().stream().filter(name -> ALL.function(name) != null).sorted();
  }

  /** The value, null, or the error; a budget that ran out is an error as well. */
  private static @Nullable Object outcome(Builtin function, JsonValue[] arguments) {
    try {
      return function.call(new Calls(2_000_000), arguments.clone());
    } catch (BuiltinException e) {
      return e.kind() + ": " + e.getMessage();
    } catch (Calls.OverBudget e) {
      return "over budget";
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void results_are_of_the_promised_type_and_errors_are_known(String name) {
    BuiltinSignature signature = Objects.requireNonNull(ALL.signature(name));
    Builtin function = Objects.requireNonNull(ALL.function(name));
    RandomArguments random = new RandomArguments(name.hashCode());
    for (int i = 0; i < CALLS; i++) {
      JsonValue[] arguments = random.of(signature);
      List<String> before = texts(arguments);
      Object outcome = outcome(function, arguments);
      if (outcome instanceof JsonValue value && signature.result() != null) {
        boolean fits =
            RandomArguments.fits(value, signature.result())
                || (value == JsonNull.NULL && MAYBE_NULL.contains(name));
        assertThat(fits)
            .as("%s(%s) = %s is of %s", name, before, value, signature.result())
            .isTrue();
      } else if (outcome instanceof String error) {
        assertThat(error).as("%s(%s)", name, before).hasSizeGreaterThan(8);
      }
      assertThat(texts(arguments)).as(name).isEqualTo(before);
      if (signature.isPure()) {
        assertThat(outcome(function, arguments)).as("%s(%s)", name, before).isEqualTo(outcome);
      }
    }
  }

  private static List<String> texts(JsonValue[] arguments) {
    return Arrays.stream(arguments).map(RegoText::of).toList();
  }
}

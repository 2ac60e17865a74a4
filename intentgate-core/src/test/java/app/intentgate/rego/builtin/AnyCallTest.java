package app.intentgate.rego.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.json.RegoText;
import app.intentgate.rego.spi.Builtin;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.RegoType;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a function is called with, it answers, is undefined, fails with an error of its own, or
 * runs out of budget; and it answers the same when asked again.
 */
class AnyCallTest {
  private static final int CALLS = Integer.getInteger("intentgate.rego.calls", 400);
  private static final long BUDGET = 200_000;
  private static final BuiltinRegistry ALL = StandardBuiltins.registry();

  /** They give null for a text without keys, although their type is another in OPA too. */
  private static final Set<String> MAYBE_NULL =
      Set.of("crypto.parse_private_keys", "crypto.x509.parse_rsa_private_key");

  static Stream<String> functions() {
    return new TreeSet<>(ALL.names()).stream().filter(name -> ALL.function(name) != null);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void a_call_ends_with_an_answer_or_an_error(String name) {
    Builtin function = Objects.requireNonNull(ALL.function(name));
    BuiltinSignature signature = Objects.requireNonNull(ALL.signature(name));
    RandomArguments random = new RandomArguments(name.hashCode());
    for (int i = 0; i < CALLS; i++) {
      JsonValue[] arguments =
          signature.arguments().stream().map(random::of).toArray(JsonValue[]::new);
      String first = outcome(name, function, signature, arguments);
      if (signature.isPure()) {
        assertThat(outcome(name, function, signature, arguments))
            .as(shown(name, arguments))
            .isEqualTo(first);
      }
    }
  }

  private static String outcome(
      String name, Builtin function, BuiltinSignature signature, JsonValue[] arguments) {
    JsonValue answer;
    try {
      answer = function.call(new Calls(BUDGET), arguments);
    } catch (BuiltinException e) {
      return "error: " + e.getMessage();
    } catch (Calls.OverBudget e) {
      return "over budget";
    } catch (RuntimeException | StackOverflowError e) {
      return fail(shown(name, arguments), e);
    }
    assertCanBeWritten(answer);
    RegoType promised = signature.result();
    if (answer != null
        && promised != null
        && !(answer == JsonNull.NULL && MAYBE_NULL.contains(name))) {
      assertThat(PromisedType.fits(answer, promised))
          .as("%s = %s is of %s", shown(name, arguments), RegoText.of(answer), promised)
          .isTrue();
    }
    return answer == null ? "undefined" : RegoText.of(answer);
  }

  /** What comes out is a value like any other: it can be written, and read again. */
  private static void assertCanBeWritten(@Nullable JsonValue answer) {
    if (answer != null && RegoText.of(answer).indexOf("set(") < 0) {
      JsonValue plain = PlainJson.of(new Calls(), answer);
      assertThat(JsonReader.parseRego(JsonWriter.toText(plain))).isEqualTo(plain);
    }
  }

  private static String shown(String name, JsonValue[] arguments) {
    return Arrays.stream(arguments)
        .map(RegoText::of)
        .collect(Collectors.joining(", ", name + "(", ")"));
  }
}

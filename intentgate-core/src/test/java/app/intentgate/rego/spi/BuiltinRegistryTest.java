package app.intentgate.rego.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.builtin.StandardBuiltins;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltinRegistryTest {
  @Test
  void signaturesAreReadFromTheirText() {
    BuiltinSignature s =
        BuiltinSignature.parse(
            "a.b_c(string, array[any] | set[number], object<op: string>[any: any],"
                + " array<number, null>): object[string: boolean]");
    assertThat(s.name()).isEqualTo("a.b_c");
    assertThat(s.arity()).isEqualTo(4);
    assertThat(s.arguments().toString())
        .isEqualTo(
            "[string, any<array[any], set[number]>, object<op: string>[any: any],"
                + " array<number, null>]");
    assertThat(String.valueOf(s.result())).isEqualTo("object[string: boolean]");
    assertThat(BuiltinSignature.parse("print(any...)").variadic()).isEqualTo(RegoType.ANY);
    assertThat(BuiltinSignature.parse("f(): number").type().toString()).isEqualTo("() => number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "f", "f(", "f(x): any", "f(array): any", "f(set[any): any", "f() any"})
  void whatIsNoSignatureIsRefused(String text) {
    assertThatThrownBy(() -> BuiltinSignature.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEmbedderAddsAndTakesAwayFunctions() throws Exception {
    BuiltinRegistry custom =
        StandardBuiltins.registry().toBuilder()
            .add("acme.answer(number): number", (context, args) -> args[0])
            .remove("opa.runtime")
            .build();
    Builtin answer = custom.function("acme.answer");
    assertThat(answer).isNotNull();
    assertThat(custom.signature("opa.runtime")).isNull();
    assertThat(StandardBuiltins.registry().signature("acme.answer")).isNull();
    assertThat(custom.nameOfOperator("+")).isEqualTo("plus");
    assertThat(custom.nameOfOperator("in")).isNull();
    assertThat(custom.relation("walk")).isNotNull();
    assertThat(custom.function("walk")).isNull();
  }

  @Test
  void whatNeedsTheNetworkIsNotThere() {
    Set<String> names = StandardBuiltins.registry().names();
    assertThat(names).doesNotContain("http.send", "net.lookup_ip_addr");
  }

  @Test
  void onlyWhatTheCompilerAnswersHasNoFunction() {
    BuiltinRegistry all = StandardBuiltins.registry();
    List<String> bare =
        all.names().stream()
            .filter(n -> all.function(n) == null && all.relation(n) == null)
            .sorted()
            .toList();
    assertThat(bare).containsExactly("print", "rego.metadata.chain", "rego.metadata.rule");
  }

  @Test
  void errorsHaveTheWordsOfOpa() {
    BuiltinException e = BuiltinException.operand(2, "number", "string");
    assertThat(e).hasMessage("operand 2 must be number but got string");
    assertThat(e.kind().code()).isEqualTo("eval_type_error");
    assertThat(BuiltinException.of("x").kind().code()).isEqualTo("eval_builtin_error");
  }
}

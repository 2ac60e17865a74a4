package app.intentgate.rego.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: 1' | {\"a\":1}",
        "'a: [1, b, {c: d}]' | {\"a\":[1,\"b\",{\"c\":\"d\"}]}",
        "'- 1\n- - 2\n  - 3\n- a: b\n  c: d' | [1,[2,3],{\"a\":\"b\",\"c\":\"d\"}]",
        "'a:\n- 1\nb:\n  - 2' | {\"a\":[1],\"b\":[2]}",
        "'a:\nb: ~' | {\"a\":null,\"b\":null}",
        "'a: one\n  two\n\n  three' | {\"a\":\"one two\\nthree\"}",
        "'a: |\n  x\n   y\n\nb: >-\n  p\n  q\n' | {\"a\":\"x\\n y\\n\",\"b\":\"p q\"}",
        "'a: |+\n  x\n\n' | {\"a\":\"x\\n\\n\"}",
        "'\"a\\tb\": ''it''''s''' | {\"a\\tb\":\"it's\"}",
        "'a: 0x1F\nb: 017\nc: 1_000\nd: .5' | {\"a\":31,\"b\":15,\"c\":1000,\"d\":0.5}",
        "'a: 1e3 # note\nb: x#y' | {\"a\":1000,\"b\":\"x#y\"}",
        "'a: http://x:1/y' | {\"a\":\"http://x:1/y\"}",
        "'---\na: b\n...\n' | {\"a\":\"b\"}",
        "'a: &x {q: 1}\nb: *x\nc: [*x, &y 2, *y]' |"
            + " {\"a\":{\"q\":1},\"b\":{\"q\":1},\"c\":[{\"q\":1},2,2]}",
        "'a: &x\n  q: 1\nb:\n  <<: *x\n  r: 2' | {\"a\":{\"q\":1},\"b\":{\"q\":1,\"r\":2}}",
        "'1: x\ntrue: z' | {\"1\":\"x\",\"true\":\"z\"}",
        "'' | null",
      })
  void documentsBecomeValues(String text, String json) {
    assertThat(YamlReader.parse(text.replace("\\n", "\n"), YamlWords.V1_1)).hasToString(json);
  }

  @Test
  void aliasesCannotWriteOutMoreThanTheyMay() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      laughs.append("a" + i + ": &a" + i + " [");
      laughs.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
    }
    assertThatThrownBy(() -> YamlReader.parse(laughs.toString(), YamlWords.V1_1))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("excessive aliasing");
  }

  @Test
  void yesAndNoAreWordsInMetadata() {
    assertThat(YamlReader.parse("[yes, off, true]", YamlWords.V1_1))
        .hasToString("[true,false,true]");
    assertThat(YamlReader.parse("[yes, off, true]", YamlWords.CORE))
        .hasToString("[\"yes\",\"off\",true]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: *x",
        "\t",
        "a:\n\tb: 1",
        "a: !!str 1",
        "? a\n: b",
        "%YAML 1.2\n---\n",
        "a: [1",
        "a: {b: 1",
        "a: b: c",
        "a: \"x",
        "a: 'x",
        "a: \"\\q\"",
        "- 1\na: 2",
        "a: 1\n  b: 2",
        "a: [1] x",
        "@a",
      })
  void whatIsNotReadIsRefused(String text) {
    assertThatThrownBy(() -> YamlReader.parse(text, YamlWords.V1_1))
        .isInstanceOf(YamlException.class)
        .hasMessageStartingWith("yaml: line ");
  }

  @Test
  void depthIsBounded() {
    assertThatThrownBy(() -> YamlReader.parse("[".repeat(100_000), YamlWords.CORE))
        .hasMessageContaining("max depth");
    assertThatThrownBy(() -> YamlReader.parse("- ".repeat(100_000), YamlWords.CORE))
        .hasMessageContaining("max depth");
  }

  @Test
  void anyTextGivesAValueOrAYamlException() {
    Random random = new Random(7);
    String alphabet = "ab1:-#[]{},\n\n  \"'|>&*!%@`\\?\t~.+_";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      for (int c = 0; c < length; c++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        assertThat(YamlReader.parse(text.toString(), YamlWords.V1_1)).isNotNull();
      } catch (YamlException e) {
        assertThat(e.line()).isPositive();
      }
    }
  }

  @Test
  void names_before_names_are_as_deep_as_brackets() {
    assertThatThrownBy(() -> YamlReader.parse("[" + "&a ".repeat(100_000) + "1]", YamlWords.V1_1))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("exceeded max depth");
    assertThat(YamlReader.parse("[&a &b 1, *a, *b]", YamlWords.V1_1)).hasToString("[1,1,1]");
  }
}

package app.intentgate.rego.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFilesTest {
  @TempDir Path dir;

  @Test
  void numbersKeepTheirTextAndWordsStayWords() throws IOException {
    Path file = dir.resolve("a.yaml");
    Files.writeString(
        file,
        """
        cases:
          - note: n
            query: data.p = x
            modules:
              - |
                package p
            data: {big: 12345678901234567890123, e: 1e3, yes: y, t: true, "1": "2"}
            want_result:
              - x: 1.10
            strict_error: true
        """);
    RegoCase c = CaseFiles.load(file).get(0);
    assertThat(c.modules()).containsExactly("package p\n");
    assertThat(((JsonNumber) c.data().get("big")).text()).isEqualTo("12345678901234567890123");
    assertThat(((JsonNumber) c.data().get("e")).text()).isEqualTo("1e3");
    assertThat(c.data().get("yes")).isEqualTo(JsonString.of("y"));
    assertThat(c.data().get("1")).isEqualTo(JsonString.of("2"));
    assertThat(c.wantResult()).containsExactly(JsonObject.of("x", JsonNumber.parse("1.1")));
    assertThat(c.strictError()).isTrue();
    assertThat(c.input()).isNull();
  }

  @Test
  void compileCasesCarryPlacesAndDetails() throws IOException {
    Path file = dir.resolve("b.json");
    Files.writeString(
        file,
        """
        {"cases":[{"note":"n","mode":"v0","modules":["package \\ud83d\\ude00\\/"],"want_errors":[
          {"code":"rego_parse_error","file":"m0.rego","row":3,"col":4,"message":"m",
           "details":{"idx":3,"line":"x"}}]}]}
        """);
    CompileCase c = CaseFiles.loadCompile(file).get(0);
    assertThat(c.isV0()).isTrue();
    assertThat(c.isParseStage()).isTrue();
    assertThat(c.modules()).containsExactly("package \ud83d\ude00/");
    assertThat(c.wantErrors().get(0).col()).isEqualTo(4);
    assertThat(c.wantErrors().get(0).details()).isNotNull();
  }
}

package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgValuesTest {
  private static final JsonObject ARGUMENTS =
      (JsonObject)
          JsonReader.parse(
              "{\"n\":5,\"t\":\"text\",\"b\":true,\"z\":null,"
                  + "\"deep\":{\"x\":[1e400,\"two\",{\"y\":3.50}]}}");

  @Test
  void offKeepsNothing() {
    assertThat(ArgValues.OFF.of(ARGUMENTS).isEmpty()).isTrue();
  }

  @Test
  void scalarsKeepsAllButStringsAtAnyDepth() {
    assertThat(ArgValues.SCALARS.of(ARGUMENTS))
        .hasToString(
            "{\"n\":5,\"t\":null,\"b\":true,\"z\":null,\"deep\":{\"x\":[1e400,null,{\"y\":3.50}]}}");
  }

  @Test
  void rawKeepsEverything() {
    assertThat(ArgValues.RAW.of(ARGUMENTS)).isSameAs(ARGUMENTS);
  }

  @ParameterizedTest
  @CsvSource({
    "'',OFF",
    "off,OFF",
    "False,OFF",
    "0,OFF",
    "none,OFF",
    "Scalars,SCALARS",
    "scalar,SCALARS",
    "numbers,SCALARS",
    "RAW,RAW",
    "all,RAW",
    "values,RAW"
  })
  void modesAreNamedAsTheConfigurationNamesThem(String text, ArgValues mode) {
    assertThat(ArgValues.parse(text)).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "true", "1", "everything"})
  void anythingElseNamesNone(String text) {
    assertThat(ArgValues.parse(text)).isNull();
  }
}

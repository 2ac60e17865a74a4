package app.intentgate.rego.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackagePathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "package a | a",
        "package a.b.c | a/b/c",
        "package a[\"b c\"] | a/b c",
        "package a p { true } | a",
        "package a p if true | a",
        "package a import rego.v1 p if true | a",
        "# package x\tpackage a | ",
      })
  void it_is_the_package_in_either_version(String source, String path) {
    assertThat(PackagePath.of(source)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "p := 1", "package", "package a p := ]", "{\"a\": 1}", "a: 1"})
  void what_neither_version_reads_has_none(String source) {
    assertThat(PackagePath.of(source)).isNull();
  }
}

package app.intentgate.rego.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleManifestTest {
  private static BundleManifest manifest(String json) {
    return BundleManifest.of("b", JsonReader.parseRego(json));
  }

  @Test
  void what_is_not_said_is_everything_and_nothing() {
    for (String json : List.of("{}", "{\"roots\": null}", "{\"roots\": [\"\"]}")) {
      BundleManifest all = manifest(json);
      assertThat(all.roots()).containsExactly("");
      assertThat(all.revision()).isEmpty();
      assertThat(all.regoVersion()).isNull();
      assertThat(all.permits("any/path")).isTrue();
      assertThat(all.overlaps("any/path")).isTrue();
    }
    assertThat(BundleManifest.none("b")).isEqualTo(manifest("{}"));
  }

  @Test
  void what_is_said_is_kept() {
    BundleManifest m =
        manifest("{\"revision\": \"r\", \"roots\": [\"/a/b/\", \"c\"], \"rego_version\": 0}");
    assertThat(m).isEqualTo(new BundleManifest("b", "r", List.of("a/b", "c"), 0));
    assertThat(manifest("{\"rego_version\": 1, \"metadata\": {\"x\": 1}}").regoVersion())
        .isEqualTo(1);
    assertThat(manifest("{\"roots\": []}").permits("")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/b     | true  | true",
        "a/b/c   | true  | false",
        "a       | false | true",
        "''      | false | true",
        "a/bc    | false | false",
        "a/x     | false | false",
        "c       | true  | true",
        "c/d     | true  | false",
        "ab      | false | false",
      })
  void a_root_owns_what_is_below_it_and_not_what_begins_like_it(
      String path, boolean permitted, boolean leads) {
    BundleManifest m = manifest("{\"roots\": [\"a/b\", \"c\"]}");
    assertThat(m.permits(path)).isEqualTo(permitted);
    assertThat(m.overlaps(path)).isEqualTo(permitted || leads);
    assertThat(m.leadsToRoot(path)).isEqualTo(leads);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                              | want an object",
        "\"text\"                        | want an object",
        "{\"revision\": 5}               | revision is no string",
        "{\"roots\": \"a\"}              | roots is no array",
        "{\"roots\": [1]}                | a root is no string",
        "{\"rego_version\": 2}           | rego_version is not 0 or 1",
        "{\"rego_version\": \"1\"}       | rego_version is not 0 or 1",
        "{\"rego_version\": 0.5}         | rego_version is not 0 or 1",
        "{\"file_rego_versions\": {\"x\": 1}} | file_rego_versions is not supported",
      })
  void a_member_of_the_wrong_kind_is_named(String json, String problem) {
    assertThatThrownBy(() -> manifest(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bundle load failed on manifest: " + problem);
  }

  @ParameterizedTest
  @CsvSource({"a, a", "a, a/b", "a/b, a", "/a/, a", "'', a", "a, ''", "a/b/c, a/b"})
  void roots_of_one_bundle_must_not_lie_in_each_other(String first, String second) {
    assertThatThrownBy(
            () -> manifest("{\"roots\": [\"x\", \"" + first + "\", \"" + second + "\"]}"))
        .hasMessageStartingWith("manifest has overlapped roots: '");
    assertThat(manifest("{\"roots\": [\"a\", \"ab\", \"b/a\"]}").roots()).hasSize(3);
  }
}

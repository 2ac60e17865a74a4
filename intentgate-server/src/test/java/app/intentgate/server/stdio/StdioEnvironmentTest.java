package app.intentgate.server.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.server.config.AuditSettings;
import app.intentgate.server.config.Choices.AuditTarget;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gate between two programs starts with. */
class StdioEnvironmentTest {
  private static final List<String> COMMAND = List.of("npx", "-y", "files");

  @Test
  void whatIsNotSaidIsSafe() {
    Map<String, String> env =
        StdioEnvironment.of(
            COMMAND,
            Map.of(
                "INTENTGATE_AUDIT_TARGET",
                "stdout",
                "INTENTGATE_TOKEN",
                "secret",
                "INTENTGATE_MASTER_KEY",
                "key"));
    assertThat(env)
        .containsEntry("INTENTGATE_ADDR", "127.0.0.1:0")
        .containsEntry("INTENTGATE_AUDIT_TARGET", "none")
        .containsEntry("INTENTGATE_REQUIRE_CAPABILITY", "true")
        .doesNotContainKey("INTENTGATE_TOKEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stdout", "STDOUT", "Stdout", " stdout ", "stdout\t", "", " "})
  void whatTheGateTakesForStandardOutputIsLeftToTheProtocol(String target) {
    Map<String, String> env =
        StdioEnvironment.of(COMMAND, Map.of("INTENTGATE_AUDIT_TARGET", target));

    assertThat(Config.of(env).get(AuditSettings.AUDIT_TARGET)).isEqualTo(AuditTarget.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INTENTGATE_UPSTREAM_URL", "INTENTGATE_UPSTREAMS"})
  void anyOtherWayToNameAToolServerIsRefusedAndAnEmptyOneIsNone(String name) {
    assertThatThrownBy(() -> StdioEnvironment.of(COMMAND, Map.of(name, "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(name);
    assertThat(StdioEnvironment.of(COMMAND, Map.of(name, ""))).containsEntry(name, "");
  }

  @Test
  void whatIsSaidHolds() {
    Map<String, String> said =
        Map.of(
            "INTENTGATE_ADDR",
            "127.0.0.1:9",
            "INTENTGATE_DATA_DIR",
            "d",
            "INTENTGATE_AUDIT_TARGET",
            "off",
            "INTENTGATE_REQUIRE_CAPABILITY",
            "false");
    assertThat(StdioEnvironment.of(COMMAND, said)).isEqualTo(said);
  }

  @Test
  void eachCommandLineHasADirectoryInTheUsersOwnPlace() {
    Path home = Path.of(System.getProperty("user.home"));
    String linux = StdioEnvironment.dataDirectory(COMMAND, "Linux", Map.of());
    assertThat(Path.of(linux).getParent()).isEqualTo(home.resolve(".local/share/intentgate/stdio"));
    assertThat(Path.of(linux).getFileName().toString()).matches("[0-9a-f]{12}");
    assertThat(StdioEnvironment.dataDirectory(COMMAND, "Linux", Map.of("XDG_DATA_HOME", "/x")))
        .isEqualTo(Path.of("/x/intentgate/stdio").resolve(Path.of(linux).getFileName()).toString());
    assertThat(StdioEnvironment.dataDirectory(COMMAND, "Mac OS X", Map.of()))
        .contains("Application Support");
    assertThat(StdioEnvironment.dataDirectory(List.of("npx", "-y files"), "Linux", Map.of()))
        .as("another command line")
        .isNotEqualTo(linux);
  }

  @Test
  void anotherToolServerIsRefused() {
    assertThatThrownBy(
            () ->
                StdioEnvironment.of(COMMAND, Map.of("INTENTGATE_UPSTREAM_URL", "http://x.example")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("unset it");
  }
}

package app.intentgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  @TempDir Path directory;

  private Config config(String... more) {
    Map<String, String> env = new java.util.HashMap<>();
    env.put("INTENTGATE_DATA_DIR", directory.resolve("data").toString());
    for (int i = 0; i < more.length; i += 2) {
      env.put(more[i], more[i + 1]);
    }
    return Config.of(env);
  }

  @Test
  void withNothingSetAKeyAndAnAdminTokenAreMadeOnceAndKeptForTheirOwnerAlone() throws Exception {
    Credentials first = Credentials.of(config());
    Credentials second = Credentials.of(config());

    assertThat(second.keys()).isEqualTo(first.keys());
    Path token = directory.resolve("data/admin.token");
    assertThat(first.generatedAdmin()).isEqualTo(token);
    assertThat(first.superadmin()).isNotNull();
    assertThat(first.superadmin().matches(Files.readString(token).strip())).isTrue();
    var unused = Credentials.checkpointKey(config(), Instant.EPOCH);
    if (hasModes()) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("data"))))
          .isEqualTo("rwx------");
      for (String name : new String[] {"master.key", "admin.token", "checkpoint.key"}) {
        assertThat(
                PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(directory.resolve("data").resolve(name))))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void aKeyFileThatOthersMayReadIsRefused() throws Exception {
    assumeThat(hasModes()).isTrue();
    Credentials.of(config());
    Path key = directory.resolve("data/master.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> Credentials.of(config()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("chmod 600 " + key);
  }

  @Test
  void withAMasterKeyConfiguredNothingIsWrittenAndNobodyIsOperator() {
    Credentials credentials = Credentials.of(config("INTENTGATE_MASTER_KEY", KEY));

    assertThat(credentials.hasOperators()).isFalse();
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void aBadKeyIsASentenceWithoutTheKey() {
    assertThatThrownBy(() -> Credentials.of(config("INTENTGATE_MASTER_KEY", "c2hvcnQ")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("INTENTGATE_MASTER_KEY")
        .hasMessageContaining("at least 16 bytes")
        .hasMessageNotContaining("c2hvcnQ");
  }

  @Test
  void anEmptyKeyFileIsNotAKey() throws Exception {
    Credentials.of(config());
    Files.writeString(directory.resolve("data/master.key"), "\n");

    assertThatThrownBy(() -> Credentials.of(config())).hasMessageContaining("is empty");
  }

  @Test
  void aDataDirectoryThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(
            () -> Credentials.of(config("INTENTGATE_DATA_DIR", file.resolve("data").toString())))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("INTENTGATE_DATA_DIR");
  }

  private static boolean hasModes() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}

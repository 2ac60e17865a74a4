package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.util.LibraryLoaderUtil;

/** SQLite's own library, in processes that end as if they had been killed. */
class SqliteLibraryTest {
  @TempDir Path unpacked;

  @Test
  void nothingIsLeftOfTheLibraryWhenTheProcessIsKilled() throws Exception {
    assertThat(answer("-Dorg.sqlite.tmpdir=" + unpacked)).contains("opened");

    try (Stream<Path> left = Files.list(unpacked)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aLibraryOfTheOperatorsIsLeftToTheDriver() throws Exception {
    String said =
        answer(
            "-Dorg.sqlite.lib.path=" + unpacked.resolve("none"), "-Dorg.sqlite.tmpdir=" + unpacked);

    assertThat(said).contains("opened");
    try (Stream<Path> left = Files.list(unpacked)) {
      assertThat(left).as("what the driver unpacked").isNotEmpty();
    }
  }

  @Test
  void whereNothingCanBeUnpackedTheDriverSaysWhatIsWrong() throws Exception {
    Path none = Files.createFile(unpacked.resolve("a-file"));

    assertThat(answer("-Dorg.sqlite.tmpdir=" + none)).contains("No native library found");
  }

  @Test
  void theLibraryThatIsUnpackedIsTheOneTheDriverWouldTake() throws Exception {
    assertThat(SqliteLibrary.folder()).isEqualTo(LibraryLoaderUtil.getNativeLibResourcePath());
  }

  private static String answer(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Opening.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  /** The other process. */
  static final class Opening {
    public static void main(String[] arguments) {
      try (Connection connection =
          SqliteLibrary.source(new SQLiteConfig(), "jdbc:sqlite::memory:").getConnection()) {
        System.out.println(connection.isValid(1) ? "opened" : "not valid");
      } catch (SQLException e) {
        System.out.println(e + " " + e.getCause());
      }
      Runtime.getRuntime().halt(0);
    }
  }
}

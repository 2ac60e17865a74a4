package app.intentgate.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite itself, which comes as a native library within its driver. Left to itself the driver
 * compares what it unpacked byte by byte, in a JVM that has just started, and leaves the file
 * behind when the process is killed. Where this fails the driver has its own way, and says what is
 * wrong.
 */
final class SqliteLibrary {
  private static final System.Logger LOG = System.getLogger(SqliteLibrary.class.getName());

  /** Where the driver looks for a library that is unpacked already; set by operators, too. */
  private static final String PATH = "org.sqlite.lib.path";

  /** Where operators may say that the driver unpacks. */
  private static final String DIRECTORY = "org.sqlite.tmpdir";

  /** The files in this process's memory, the C library among them. */
  private static final Path MAPPED = Path.of("/proc/self/maps");

  private static boolean loaded;

  private SqliteLibrary() {}

  /** A source of connections; SQLite is loaded then. */
  static SQLiteDataSource source(SQLiteConfig settings, String url) {
    load();
    SQLiteDataSource source = new SQLiteDataSource(settings);
    source.setUrl(url);
    return source;
  }

  private static synchronized void load() {
    if (loaded || System.getProperty(PATH) != null) {
      return;
    }
    loaded = true;
    Path directory = null;
    try {
      String name = LibraryLoaderUtil.getNativeLibName();
      directory = directory();
      if (unpack(name, directory.resolve(name))) {
        System.setProperty(PATH, directory.toString());
        SQLiteJDBCLoader.initialize();
      }
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "the driver of SQLite unpacks its library itself", e);
    } finally {
      System.clearProperty(PATH);
      delete(directory);
    }
  }

  /** One that only this user may write to, or another could put another library there. */
  private static Path directory() throws IOException {
    String chosen = System.getProperty(DIRECTORY);
    return chosen == null
        ? Files.createTempDirectory("intentgate-sqlite")
        : Files.createTempDirectory(Path.of(chosen), "intentgate-sqlite");
  }

  private static boolean unpack(String name, Path file) throws IOException {
    String resource = folder() + "/" + name;
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        return false;
      }
      Files.copy(in, file);
      return true;
    }
  }

  /**
   * Where the library of this system lies within the driver. The driver itself starts a process,
   * for a twentieth of the time a gate takes to start, to tell Android from other kinds of Linux;
   * so it is asked only about systems that are less common.
   */
  static String folder() throws IOException {
    String machine =
        switch (System.getProperty("os.arch", "")) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "aarch64";
          default -> "";
        };
    boolean common =
        System.getProperty("os.name", "").equals("Linux")
            && !machine.isEmpty()
            && System.getenv("ANDROID_ROOT") == null
            && !Files.readString(MAPPED, StandardCharsets.ISO_8859_1).contains("/ld-musl-");
    return common
        ? "/org/sqlite/native/Linux/" + machine
        : LibraryLoaderUtil.getNativeLibResourcePath();
  }

  /** What is loaded stays loaded; only Windows keeps the file, until the process ends. */
  private static void delete(@Nullable Path directory) {
    if (directory == null) {
      return;
    }
    Path file = directory.resolve(LibraryLoaderUtil.getNativeLibName());
    try {
      Files.deleteIfExists(file);
      Files.delete(directory);
    } catch (IOException e) {
      directory.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
    }
  }
}

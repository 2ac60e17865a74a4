package app.intentgate.server.exchange;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Options of the JVM for what tests start as processes of their own: the built classes as jars, and
 * what a gate loads of them in an archive, which a JVM reads faster than folders.
 */
public final class FastStart {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
          + "\"params\":{\"name\":\"read_a\",\"arguments\":{}}}";

  private static @Nullable List<String> options;

  private FastStart() {}

  /** The options; made at the first use, for as long as this JVM runs. */
  public static synchronized List<String> options() throws Exception {
    List<String> known = options;
    if (known == null) {
      known = prepared();
      options = known;
    }
    return known;
  }

  private static List<String> prepared() throws Exception {
    Path folder = Files.createTempDirectory("intentgate-fast-start");
    folder.toFile().deleteOnExit();
    String classPath = jars(folder);
    Path archive = folder.resolve("gate.jsa");
    archive.toFile().deleteOnExit();
    Path data = Files.createDirectory(folder.resolve("data"));
    try (GateProcess gate =
        GateProcess.start(
            Map.of(
                "INTENTGATE_ADDR",
                "127.0.0.1:0",
                "INTENTGATE_STORE",
                "memory",
                "INTENTGATE_DATA_DIR",
                data.toString(),
                "INTENTGATE_AUDIT_TARGET",
                "none",
                "INTENTGATE_MASTER_KEY",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
                "INTENTGATE_ADMIN_TOKEN",
                "fake"),
            jvm("-XX:ArchiveClassesAtExit=" + archive, classPath))) {
      use(gate, "/v1/admin/mint", "{\"subject\":\"agent\",\"tools\":[\"read_a\"]}");
      use(gate, "/v1/mcp", CALL);
      gate.terminate();
    }
    Files.delete(data);
    return jvm("-XX:SharedArchiveFile=" + archive, classPath);
  }

  private static void use(GateProcess gate, String path, String body) throws IOException {
    Answer answer =
        RawHttp.call(
            gate.port(),
            "POST",
            path,
            path.equals("/v1/mcp") ? List.of() : List.of(Map.entry("Authorization", "Bearer fake")),
            body.getBytes(StandardCharsets.UTF_8));
    if (answer.status() / 100 != 2) {
      throw new IOException("the gate does not work: " + answer);
    }
  }

  private static List<String> jvm(String archive, String classPath) {
    return List.of(
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-Xshare:auto",
        // Standard output is the program's own.
        "-Xlog:disable",
        archive,
        "-cp",
        classPath);
  }

  /** The class path of this JVM without its folders of tests, all of it jars. */
  private static String jars(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (!Files.isDirectory(path)) {
        jars.add(entry);
      } else if (!path.endsWith("test-classes")) {
        Path jar = folder.resolve(jars.size() + ".jar");
        jar.toFile().deleteOnExit();
        pack(path, jar);
        jars.add(jar.toString());
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        zip.putNextEntry(
            new ZipEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
        Files.copy(each, zip);
        zip.closeEntry();
      }
    }
  }
}

package app.intentgate.server.lab;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that load is put on, in a JVM of its own.
 *
 * @param name what it is called in tables
 * @param store where a gate keeps its events; null for a server that is no gate
 */
record Target(String name, int port, Child child, @Nullable Store store) implements AutoCloseable {
  /** Where a gate keeps what it decides. */
  enum Store {
    MEMORY,
    FILE,
    SQLITE,
    POSTGRES
  }

  /** What the operator of the lab says of the JVMs. */
  private static final String JVM = System.getProperty("lab.jvm", "-Xmx512m");

  /** A Jetty handler that reads the body and answers a constant. */
  static Target bare() throws IOException {
    return program("bare", "bare");
  }

  /** The same, as the tool server that gates forward to; asked without one it is "direct". */
  static Target toolServer() throws IOException {
    return program("direct", "bare");
  }

  /** A Jetty handler that passes bodies on to a tool server, and answers back. */
  static Target relay(Target upstream) throws IOException {
    return program("relay", "relay", "" + upstream.port());
  }

  /** A Javalin application with one route. */
  static Target javalin() throws IOException {
    return program("javalin", "javalin");
  }

  private static Target program(String name, String what, String... more) throws IOException {
    int port = freePort();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Lab.class.getName(),
                what,
                "" + port));
    arguments.addAll(List.of(more));
    return new Target(name, port, Child.java(arguments, Map.of()), null);
  }

  /**
   * The gate as an operator starts it; from the class path when it is not packaged yet.
   *
   * @param more settings beside those of every run, by variable
   */
  static Target gate(String name, Store store, Map<String, String> more, String... jvm)
      throws IOException {
    int port = freePort();
    List<String> arguments = new ArrayList<>(List.of(jvm.length == 0 ? JVM.split(" ") : jvm));
    Path jar = Path.of(System.getProperty("lab.jar", "intentgate-server/target/intentgate.jar"));
    if (Files.exists(jar)) {
      arguments.addAll(List.of("-jar", jar.toString()));
    } else {
      arguments.addAll(
          List.of("-cp", System.getProperty("java.class.path"), "app.intentgate.server.Main"));
    }
    arguments.add("serve");
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "INTENTGATE_ADDR",
                "127.0.0.1:" + port,
                "INTENTGATE_STORE",
                store.name().toLowerCase(Locale.ROOT),
                "INTENTGATE_DATA_DIR",
                Files.createTempDirectory("intentgate-lab").resolve("data").toString(),
                "INTENTGATE_AUDIT_TARGET",
                "none",
                "INTENTGATE_LOG_LEVEL",
                "error",
                "INTENTGATE_MASTER_KEY",
                Call.MASTER_KEY,
                "INTENTGATE_ADMIN_TOKEN",
                Call.ADMIN_TOKEN,
                "INTENTGATE_REQUIRE_CAPABILITY",
                "true",
                "INTENTGATE_REQUIRE_BUDGET",
                "true",
                "INTENTGATE_METRICS_ENABLED",
                System.getProperty("lab.metrics", "false")));
    settings.putAll(more);
    return new Target(name, port, Child.java(arguments, settings), store);
  }

  /**
   * The JVM's option for the archive that the build made. From Java 25 on it is a cache with
   * profiles of methods, which the older option would not look at.
   */
  static String archived(Path archive) {
    return (Runtime.version().feature() >= 25 ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=")
        + archive.toAbsolutePath();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Whether it is a gate, which has figures of its own. */
  boolean isGate() {
    return store != null;
  }

  @Override
  public void close() {
    child.close();
  }
}

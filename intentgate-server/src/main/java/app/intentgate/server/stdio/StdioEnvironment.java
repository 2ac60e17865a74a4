package app.intentgate.server.stdio;

import app.intentgate.server.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a gate between two programs is configured with where nothing else is said. */
final class StdioEnvironment {
  static final String TOKEN = "INTENTGATE_TOKEN";
  private static final String DATA_DIR = "INTENTGATE_DATA_DIR";
  private static final String ADDR = "INTENTGATE_ADDR";
  private static final String REQUIRE_CAPABILITY = "INTENTGATE_REQUIRE_CAPABILITY";
  private static final String AUDIT_TARGET = "INTENTGATE_AUDIT_TARGET";

  private StdioEnvironment() {}

  /**
   * The variables of the gate.
   *
   * @throws ConfigException when they name another tool server
   */
  static Map<String, String> of(List<String> command, Map<String, String> environment) {
    for (String other : List.of("INTENTGATE_UPSTREAM_URL", "INTENTGATE_UPSTREAMS")) {
      if (!environment.getOrDefault(other, "").isEmpty()) {
        throw new ConfigException(
            other + " names a tool server, and the command is another: unset it");
      }
    }
    Map<String, String> out = new HashMap<>(environment);
    out.remove(TOKEN);
    if (isUnset(out, ADDR)) {
      // A free port of this machine: operators find it in the log.
      out.put(ADDR, "127.0.0.1:0");
    }
    if (isUnset(out, DATA_DIR)) {
      out.put(DATA_DIR, dataDirectory(command, System.getProperty("os.name", ""), environment));
    }
    if (isUnset(out, REQUIRE_CAPABILITY)) {
      // Other programs of this machine can reach that port.
      out.put(REQUIRE_CAPABILITY, "true");
    }
    // In any letters, as the gate reads it.
    String target = out.getOrDefault(AUDIT_TARGET, "").strip();
    if (target.isEmpty() || target.equalsIgnoreCase("stdout")) {
      // Standard output carries the protocol alone.
      out.put(AUDIT_TARGET, "none");
    }
    return out;
  }

  private static boolean isUnset(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").isEmpty();
  }

  /** The user's own place for data, and in it one for each command line. */
  static String dataDirectory(
      List<String> command, String system, Map<String, String> environment) {
    UnaryOperator<String> variable = name -> environment.getOrDefault(name, "");
    String home = System.getProperty("user.home", ".");
    String os = system.toLowerCase(Locale.ROOT);
    Path base;
    if (os.startsWith("windows") && !variable.apply("LOCALAPPDATA").isEmpty()) {
      base = Path.of(variable.apply("LOCALAPPDATA"));
    } else if (os.startsWith("mac")) {
      base = Path.of(home, "Library", "Application Support");
    } else if (!variable.apply("XDG_DATA_HOME").isEmpty()) {
      base = Path.of(variable.apply("XDG_DATA_HOME"));
    } else {
      base = Path.of(home, ".local", "share");
    }
    return base.resolve(Path.of("intentgate", "stdio", name(command))).toString();
  }

  private static String name(List<String> command) {
    try {
      byte[] line = String.join("\0", command).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(line);
      return HexFormat.of().formatHex(digest).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package app.intentgate.server.cli;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.load.RegoLoadException;
import app.intentgate.rego.load.RegoLoader;
import app.intentgate.token.KeyRing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what commands are given: files, standard input, keys. */
final class Inputs {
  private static final int MAX_BYTES = 64 << 20;

  private Inputs() {}

  /** The bytes of a file, or of standard input for {@code -}. */
  static byte[] bytes(String name) throws IOException {
    byte[] bytes =
        name.equals("-") ? System.in.readNBytes(MAX_BYTES + 1) : Files.readAllBytes(Path.of(name));
    if (bytes.length > MAX_BYTES) {
      throw new UsageException(name + " is larger than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }

  static String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /** The JSON or, by its name, YAML of a file, as policy data is read: the last duplicate wins. */
  static JsonValue document(String name) throws IOException, RegoLoadException {
    return RegoLoader.document(name, bytes(name));
  }

  /** The JSON of a file; its errors say file, line and column. */
  static JsonValue json(String name) throws IOException {
    byte[] bytes = bytes(name);
    try {
      return JsonReader.parse(bytes, JsonLimits.ofDefaults());
    } catch (JsonParseException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  /** A token given as a word, or on standard input for {@code -}. */
  static String token(String word) throws IOException {
    String token = word.equals("-") ? text("-") : word;
    return token.strip();
  }

  /**
   * The master keys, from a file or the environment: never from the command line, where every user
   * of the machine can read them.
   */
  static KeyRing keys(@Nullable Path file) throws IOException {
    if (file != null) {
      return KeyRing.parse(Files.readString(file).strip());
    }
    String fromEnvironment = System.getenv("INTENTGATE_MASTER_KEY");
    if (fromEnvironment == null || fromEnvironment.isBlank()) {
      throw new UsageException("no master key: give --key-file FILE or set INTENTGATE_MASTER_KEY");
    }
    return KeyRing.parse(fromEnvironment);
  }
}

package app.intentgate.server.cli;

import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.load.RegoLoadException;
import app.intentgate.rego.load.RegoLoader;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
    return name.equals("-") ? bounded("standard input", System.in) : bytes(Path.of(name));
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a directory, not a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return bounded(file.toString(), in);
    }
  }

  /** Not by the size that a file says it has: a device or a pipe says none. */
  private static byte[] bounded(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new UsageException(name + " is larger than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }

  /** The text of a file, or of standard input for {@code -}. */
  static String text(String name) throws IOException {
    return utf8(name.equals("-") ? "standard input" : name, bytes(name));
  }

  /** The text of a file. */
  static String text(Path file) throws IOException {
    return utf8(file.toString(), bytes(file));
  }

  /** Never with other characters in place of what is none: it would not be what the file says. */
  private static String utf8(String name, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UsageException(name + " is no text in UTF-8");
    }
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

  /** The key that signs the checkpoints of a data directory's gate. */
  static CheckpointKey checkpointKey(Path directory) throws IOException {
    Path file = directory.resolve("checkpoint.key");
    if (!Files.isReadable(file)) {
      throw new UsageException(
          file + " cannot be read: --data-dir names the data directory of a gate that ran");
    }
    try {
      return CheckpointKey.decode(text(file));
    } catch (IllegalArgumentException e) {
      throw new UsageException(file + ": " + e.getMessage());
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
      return keys(file.toString(), text(file).strip());
    }
    String fromEnvironment = System.getenv("INTENTGATE_MASTER_KEY");
    if (fromEnvironment == null || fromEnvironment.isBlank()) {
      throw new UsageException("no master key: give --key-file FILE or set INTENTGATE_MASTER_KEY");
    }
    return keys("INTENTGATE_MASTER_KEY", fromEnvironment);
  }

  private static KeyRing keys(String where, String text) {
    try {
      return KeyRing.parse(text);
    } catch (TokenException e) {
      throw new UsageException(where + ": " + e.getMessage());
    }
  }
}

package app.intentgate.jdbc.schema;

import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One step of the schema for one dialect. Once it was released it never changes: its checksum is
 * compared with the one it was applied by.
 *
 * @param version its number; steps are applied in this order
 * @param name what it makes
 * @param sql its statements, each ended by a semicolon at the end of a line; what stands between
 *     two {@code $$} is kept whole
 */
record Migration(int version, String name, String sql) {
  /** Loads a step from {@code <dialect>/V<number>__<name>.sql} beside this class. */
  static Migration load(Dialect dialect, int version, String name) {
    String path = "%s/V%03d__%s.sql".formatted(dialect.id(), version, name);
    try (InputStream in = Migration.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: " + path + " is missing");
      }
      return new Migration(
          version, name, new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", ""));
    } catch (IOException e) {
      throw new DatabaseException(
          DatabaseException.Code.MIGRATION_FAILED, "cannot read " + path, e);
    }
  }

  /** What tells this text from another one. */
  String checksum() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(sql.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Its statements, one by one. */
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    boolean quoted = false;
    for (String line : sql.split("\n", -1)) {
      if (!quoted && line.strip().startsWith("--")) {
        continue;
      }
      statement.append(line).append('\n');
      quoted ^= (line.split("\\$\\$", -1).length - 1) % 2 == 1;
      if (!quoted && line.stripTrailing().endsWith(";")) {
        statements.add(statement.toString().strip());
        statement.setLength(0);
      }
    }
    if (!statement.toString().isBlank()) {
      statements.add(statement.toString().strip());
    }
    return statements;
  }
}

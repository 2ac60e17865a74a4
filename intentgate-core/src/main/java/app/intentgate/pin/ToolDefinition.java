package app.intentgate.pin;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is told of a tool, and its hash. The hash is SHA-256 over the canonical JSON
 * (members sorted, no white space) of the object of those of {@code name, title, description,
 * inputSchema, outputSchema, annotations} that the tool has; its other members do not count.
 *
 * @param sha256 the hash, lower-case hex
 * @param text the canonical JSON; empty where that is longer than {@value #LONGEST} characters
 */
public record ToolDefinition(String sha256, String text) {
  /** The longest definition that is kept, in characters; of a longer one only the hash is. */
  public static final int LONGEST = 65_536;

  private static final List<String> MEMBERS =
      List.of("name", "title", "description", "inputSchema", "outputSchema", "annotations");

  /** The definition of a tool as a server lists it. */
  public static ToolDefinition of(JsonObject tool) {
    JsonObject.Builder kept = JsonObject.builder(MEMBERS.size());
    for (String member : MEMBERS) {
      JsonValue value = tool.get(member);
      if (value != null) {
        kept.put(member, value);
      }
    }
    byte[] canonical = JsonOutput.ascii().sortedValue(kept.build()).toByteArray();
    return new ToolDefinition(
        sha256(canonical),
        canonical.length > LONGEST ? "" : new String(canonical, StandardCharsets.US_ASCII));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }

  /**
   * One member that two definitions do not share.
   *
   * @param member its name
   * @param before what it was, or null when it was not there
   * @param after what it is, or null when it is there no more
   */
  public record Difference(String member, @Nullable JsonValue before, @Nullable JsonValue after) {}

  /** What is another in this than it was before; empty where either text was not kept. */
  public List<Difference> since(ToolDefinition before) {
    List<Difference> out = new ArrayList<>();
    JsonObject was = before.object();
    JsonObject is = object();
    if (was == null || is == null) {
      return out;
    }
    for (String member : MEMBERS) {
      JsonValue one = was.get(member);
      JsonValue other = is.get(member);
      if (one == null ? other != null : !one.equals(other)) {
        out.add(new Difference(member, one, other));
      }
    }
    return out;
  }

  private @Nullable JsonObject object() {
    try {
      return !text.isEmpty() && JsonReader.parse(text) instanceof JsonObject object ? object : null;
    } catch (JsonParseException e) {
      return null;
    }
  }
}

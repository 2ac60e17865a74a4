package app.intentgate.server.mcp;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How a client lets a server ask the person who uses it, as the client declares it.
 *
 * @param form by a form that the client shows
 * @param url by a page that the client leads to
 */
public record Elicits(boolean form, boolean url) {
  /** Not at all. */
  public static final Elicits NOT = new Elicits(false, false);

  /** The member of {@code _meta} in which clients of the stateless era say what they can. */
  private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

  /** What an {@code initialize} declares. */
  public static Elicits ofInitialize(@Nullable JsonValue params) {
    return of(member(params, "capabilities"));
  }

  /** What a request of the stateless era declares. */
  public static Elicits ofMeta(@Nullable JsonValue params) {
    return of(member(member(params, "_meta"), CAPABILITIES));
  }

  /** What a short text of {@link #toText} says. */
  static Elicits ofText(String text) {
    return new Elicits(text.contains("f"), text.contains("u"));
  }

  /** A letter for each way. */
  String toText() {
    return (form ? "f" : "") + (url ? "u" : "");
  }

  /** Whether there is any way. */
  public boolean any() {
    return form || url;
  }

  /** Before URLs came, and where none is named, forms are meant. */
  private static Elicits of(@Nullable JsonValue capabilities) {
    if (!(member(capabilities, "elicitation") instanceof JsonObject ways)) {
      return NOT;
    }
    boolean url = ways.get("url") instanceof JsonObject;
    return new Elicits(!url || ways.get("form") instanceof JsonObject, url);
  }

  private static @Nullable JsonValue member(@Nullable JsonValue value, String name) {
    return value instanceof JsonObject object ? object.get(name) : null;
  }
}

package app.intentgate.server.pin;

import app.intentgate.check.ToolGuard;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.pin.ToolPins;
import app.intentgate.server.upstreams.Upstreams;
import org.jspecify.annotations.Nullable;

/**
 * The pins of the tools behind the gate, under the names by which tools are judged: of one server
 * its own, of several {@code server.tool}. Thread-safe; never blocks.
 */
public final class PinnedTools implements ToolGuard {
  /** Nothing is pinned. */
  public static final PinnedTools OFF = new PinnedTools(null, false, false);

  private final @Nullable ToolPins pins;
  private final boolean several;
  private final boolean onlyObserve;

  /**
   * Pins.
   *
   * @param pins the pins, or null when tools are not pinned
   * @param several whether there are several servers
   * @param onlyObserve whether what is objected to is shown all the same
   */
  public PinnedTools(@Nullable ToolPins pins, boolean several, boolean onlyObserve) {
    this.pins = pins;
    this.several = several;
    this.onlyObserve = onlyObserve;
  }

  /** The pins, or null when tools are not pinned. */
  public @Nullable ToolPins pins() {
    return pins;
  }

  /** A tool of a server. */
  private record Place(String server, String tool) {}

  /** Where a tool is that is judged by this name; null for one that no server could have. */
  private @Nullable Place place(String judged) {
    if (!several) {
      return new Place(Upstreams.ONLY, judged);
    }
    int dot = judged.indexOf('.');
    return dot < 1 ? null : new Place(judged.substring(0, dot), judged.substring(dot + 1));
  }

  @Override
  public @Nullable String objection(String tool) {
    Place place = pins == null ? null : place(tool);
    return pins == null || place == null ? null : pins.objection(place.server(), place.tool());
  }

  /** Whether a tool may be seen in a list. */
  public boolean shows(String tool) {
    Place place = onlyObserve || pins == null ? null : place(tool);
    return pins == null || place == null || pins.mayBeListed(place.server(), place.tool());
  }

  /** Takes note of a page that the only server listed; of several each is noted by itself. */
  public void listed(@Nullable JsonValue params, JsonObject result) {
    if (!several) {
      JsonValue cursor = params instanceof JsonObject object ? object.get("cursor") : null;
      listed(Upstreams.ONLY, cursor, result);
    }
  }

  /**
   * Takes note of a page that a server listed.
   *
   * @param cursor where it began; null for the first
   */
  public void listed(String server, @Nullable JsonValue cursor, JsonObject result) {
    if (pins != null && result.get("tools") instanceof JsonArray tools) {
      pins.listed(server, tools, text(cursor), text(result.get("nextCursor")));
    }
  }

  private static @Nullable String text(@Nullable JsonValue value) {
    return value instanceof JsonString text ? text.value() : null;
  }
}

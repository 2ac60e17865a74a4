package app.intentgate.server.upstreams;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions with several servers under one id, which holds them all: any gate can go on with
 * them. The id itself is sealed before a client sees it. No two are equal, even where no server
 * keeps a session: what the gate keeps by the id belongs to one client.
 *
 * @param id the id
 * @param opened the sessions by server; a server that did not answer has none
 */
record SessionMap(String id, Map<String, Opened> opened) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The member that holds nothing but randomness: no server has this name. */
  private static final String NONCE = "";

  /**
   * A session with one server.
   *
   * @param id the server's name of it; empty when it keeps none
   * @param protocol the version agreed with it
   */
  record Opened(String id, String protocol) {}

  /** New sessions, under one id. */
  static SessionMap of(Map<String, Opened> opened) {
    byte[] nonce = new byte[12];
    RANDOM.nextBytes(nonce);
    JsonObject.Builder out = JsonObject.builder(opened.size() + 1);
    put(out, NONCE, new Opened(HexFormat.of().formatHex(nonce), ""));
    opened.forEach((server, session) -> put(out, server, session));
    return new SessionMap(out.build().toString(), Map.copyOf(opened));
  }

  private static void put(JsonObject.Builder out, String server, Opened session) {
    out.put(server, JsonArray.of(JsonString.of(session.id()), JsonString.of(session.protocol())));
  }

  /** The sessions that an id holds, or null when it is none of ours. */
  static @Nullable SessionMap parse(String id) {
    try {
      if (!(JsonReader.parse(id) instanceof JsonObject object)) {
        return null;
      }
      Map<String, Opened> opened = new LinkedHashMap<>();
      for (int i = 0; i < object.size(); i++) {
        JsonValue value = object.valueAt(i);
        if (!(value instanceof JsonArray pair)
            || pair.size() != 2
            || !(pair.get(0) instanceof JsonString session)
            || !(pair.get(1) instanceof JsonString protocol)) {
          return null;
        }
        if (!object.nameAt(i).equals(NONCE)) {
          opened.put(object.nameAt(i), new Opened(session.value(), protocol.value()));
        }
      }
      return new SessionMap(id, Map.copyOf(opened));
    } catch (JsonParseException e) {
      return null;
    }
  }
}

package app.intentgate.sdk;

import app.intentgate.IntentGate;
import app.intentgate.json.JsonObject;
import app.intentgate.token.CapabilityToken;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds a {@link LocalGate}. Not thread-safe. */
public final class LocalGateBuilder {
  private final IntentGate gate;
  private final Map<String, LocalTool> tools = new LinkedHashMap<>();
  private TokenSource tokens = TokenSource.none();

  LocalGateBuilder(IntentGate gate) {
    this.gate = gate;
  }

  /** Sets the token of every call; none unless set. */
  public LocalGateBuilder token(CapabilityToken token) {
    return token(TokenSource.of(token));
  }

  /** Sets where tokens come from; no token unless set. Of the two methods the last call counts. */
  public LocalGateBuilder token(TokenSource source) {
    this.tokens = source;
    return this;
  }

  /** Adds a tool that says nothing of its arguments. */
  public LocalGateBuilder tool(String name, ToolHandler handler) {
    return tool(ToolDescription.of(name, "", JsonObject.EMPTY), handler);
  }

  /** Adds a tool with its description. */
  public LocalGateBuilder tool(ToolDescription description, ToolHandler handler) {
    tools.put(description.name(), new LocalTool(description, handler));
    return this;
  }

  /** The gate with its tools. */
  public LocalGate build() {
    return new LocalGate(gate, tokens, Collections.unmodifiableMap(new LinkedHashMap<>(tools)));
  }
}

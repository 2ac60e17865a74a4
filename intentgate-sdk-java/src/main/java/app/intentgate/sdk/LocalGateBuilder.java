package app.intentgate.sdk;

import app.intentgate.IntentGate;
import app.intentgate.json.JsonObject;
import app.intentgate.token.CapabilityToken;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** Builds a {@link LocalGate}. Not thread-safe. */
public final class LocalGateBuilder {
  private final IntentGate gate;
  private final Map<String, LocalTool> tools = new LinkedHashMap<>();
  private TokenSource tokens = TokenSource.none();
  private Executor executor = ToolThreads.SHARED;

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

  /**
   * Sets where tools run that were called without waiting, and whose decision took time; unless
   * set, up to 32 daemon threads that all gates of a JVM share and that end when they are idle.
   * Must run nothing on the thread that hands it over. A call that it refuses fails with what it
   * threw, and its tool does not run.
   */
  public LocalGateBuilder executor(Executor newExecutor) {
    this.executor = newExecutor;
    return this;
  }

  /** The gate with its tools. */
  public LocalGate build() {
    return new LocalGate(
        gate, tokens, Collections.unmodifiableMap(new LinkedHashMap<>(tools)), executor);
  }
}

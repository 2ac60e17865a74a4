package app.intentgate.sdk.admin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a token is to be minted for. {@link #to} starts one that permits everything for ever; each
 * method returns a copy with that restriction set, in place of what was set before. The gate checks
 * the values, and refuses numeric limits that are not 0 to 2<sup>53</sup>-1. Immutable.
 *
 * @param json the request as it is sent
 */
public record MintRequest(JsonObject json) {
  /** For an agent. */
  public static MintRequest to(String agent) {
    return new MintRequest(JsonObject.of("subject", JsonValue.of(agent)));
  }

  private MintRequest with(String name, JsonValue value) {
    return new MintRequest(json.toBuilder().put(name, value).build());
  }

  private MintRequest with(String name, List<String> values) {
    return with(name, JsonArray.copyOf(values.stream().map(JsonValue::of).toList()));
  }

  /** In a tenant. */
  public MintRequest tenant(String id) {
    return with("tenant", JsonValue.of(id));
  }

  /** In a zone. */
  public MintRequest zone(String name) {
    return with("zone", JsonValue.of(name));
  }

  /** Issued by a name. */
  public MintRequest issuer(String name) {
    return with("issuer", JsonValue.of(name));
  }

  /**
   * Valid for so long, in whole seconds, what is finer cut off; unset, for ever.
   *
   * @throws IllegalArgumentException when it is less than a second, which the gate would take for
   *     for ever
   */
  public MintRequest expiresIn(Duration life) {
    if (life.toSeconds() < 1) {
      throw new IllegalArgumentException("a token lives for a second or longer, not for " + life);
    }
    return with("ttl_seconds", JsonValue.of(life.toSeconds()));
  }

  /** Only tools that match one of these patterns; without any there is no such restriction. */
  public MintRequest tools(String... patterns) {
    return with("tools", Arrays.asList(patterns));
  }

  /** Only tools of these MCP servers; without any there is no such restriction. */
  public MintRequest servers(String... names) {
    return with("servers", Arrays.asList(names));
  }

  /** May call only these agents; without any there is no such restriction. */
  public MintRequest callees(String... agents) {
    return with("callees", Arrays.asList(agents));
  }

  /** May call only agents of these zones; without any there is no such restriction. */
  public MintRequest calleeZones(String... zones) {
    return with("callee_zones", Arrays.asList(zones));
  }

  /** At most so many calls altogether; 0 means none. */
  public MintRequest maxCalls(long calls) {
    return with("max_calls", JsonValue.of(calls));
  }

  /** At most so many calls in any minute; 0 sets no limit. */
  public MintRequest ratePerMinute(long calls) {
    return with("rate_per_min", JsonValue.of(calls));
  }

  /**
   * At most so much money altogether; 0 sets no limit. A call whose cost neither the policy nor the
   * gate's configuration knows is refused.
   */
  public MintRequest maxCents(long cents) {
    return with("max_cents", JsonValue.of(cents));
  }

  /**
   * Not while the agent's risk score is higher; 0 sets no limit. While no score is known every call
   * is refused.
   */
  public MintRequest riskMax(long score) {
    return with("risk_max", JsonValue.of(score));
  }

  /** With the proof that the person behind the agent has just stepped up. */
  public MintRequest stepUp() {
    return with("step_up", JsonValue.of(true));
  }

  /** With the key that signs memory, see {@link app.intentgate.sdk.MemoryChain}. */
  public MintRequest withMemorySigningKey() {
    return with("with_memory_signing_key", JsonValue.of(true));
  }
}

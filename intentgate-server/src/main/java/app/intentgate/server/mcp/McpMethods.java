package app.intentgate.server.mcp;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of the specification's revisions that we know, from 2024-11-05 to 2026-07-28. */
public final class McpMethods {
  /** The call of a tool: always judged. */
  public static final String TOOLS_CALL = "tools/call";

  private static final Set<String> BOTH_ERAS =
      Set.of(
          TOOLS_CALL,
          "tools/list",
          "resources/list",
          "resources/templates/list",
          "resources/read",
          "prompts/list",
          "prompts/get",
          "completion/complete",
          "tasks/get",
          "tasks/cancel",
          "tasks/update",
          "notifications/cancelled",
          "notifications/progress");

  private static final Set<String> SESSIONS_ONLY =
      Set.of(
          "initialize",
          "ping",
          "logging/setLevel",
          "resources/subscribe",
          "resources/unsubscribe",
          "tasks/result",
          "tasks/list",
          "notifications/initialized",
          "notifications/roots/list_changed",
          "notifications/tasks/status");

  private static final Set<String> STATELESS_ONLY =
      Set.of("server/discover", "subscriptions/listen");

  /** Where the entries of a list are, and what an agent needs to use one of them. */
  private static final Map<String, ListedAs> LISTS =
      Map.of(
          "tools/list", new ListedAs("tools", null),
          "resources/list", new ListedAs("resources", "resources/read"),
          "resources/templates/list", new ListedAs("resourceTemplates", "resources/read"),
          "prompts/list", new ListedAs("prompts", "prompts/get"));

  /** Methods that a token whose tools are listed may use only where a pattern names them. */
  private static final Set<String> NARROWED =
      Set.of("resources/read", "resources/subscribe", "prompts/get");

  /**
   * How a method lists things.
   *
   * @param member the member of the result that holds them
   * @param use the method that uses one; null where each is a tool of its own name
   */
  public record ListedAs(String member, @Nullable String use) {}

  private McpMethods() {}

  /** Whether the specification has a method, in the era of the request. */
  public static boolean isKnown(String method, boolean modern) {
    return BOTH_ERAS.contains(method) || (modern ? STATELESS_ONLY : SESSIONS_ONLY).contains(method);
  }

  /** How a method lists things, or null when it does not. */
  public static @Nullable ListedAs list(String method) {
    return LISTS.get(method);
  }

  /** Whether a token that lists its tools must name this method. */
  public static boolean needsPermission(String method) {
    return NARROWED.contains(method) || method.startsWith("tasks/");
  }

  /** The name under which a method is permitted, judged and recorded. */
  public static String asTool(String method) {
    return "mcp:" + method;
  }
}

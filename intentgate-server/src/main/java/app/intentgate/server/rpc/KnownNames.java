package app.intentgate.server.rpc;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Member names with a meaning. A member whose name is one of them but for letter case, Unicode's
 * folds included, is refused: some servers read it as the real one, and would then do something
 * that nobody judged (B1).
 */
final class KnownNames {
  static final KnownNames ENVELOPE =
      new KnownNames("the request", "jsonrpc", "id", "method", "params", "result", "error");
  static final KnownNames PARAMS =
      new KnownNames(
          "params",
          "name",
          "arguments",
          "_meta",
          "uri",
          "cursor",
          "task",
          "taskId",
          "requestState",
          "inputResponses");
  static final KnownNames FLAT =
      new KnownNames(
          "the request", "tool", "args", "agent_id", "session_id", "intent_token", "jsonrpc");

  private final String where;
  private final Set<String> names;
  private final Map<String, String> byFold;
  private final int longest;

  private KnownNames(String where, String... names) {
    this.where = where;
    this.names = Set.of(names);
    this.byFold =
        this.names.stream().collect(Collectors.toUnmodifiableMap(KnownNames::fold, name -> name));
    this.longest = this.names.stream().mapToInt(String::length).max().orElse(0);
  }

  /**
   * Passes an object whose members are all either exactly known or unlike anything known.
   *
   * @throws RpcProblem naming the member, about the request of that id
   */
  void check(JsonObject object, @Nullable JsonValue id) {
    for (int i = 0; i < object.size(); i++) {
      String name = object.nameAt(i);
      if (name.length() <= longest && !names.contains(name)) {
        String meant = byFold.get(fold(name));
        if (meant != null) {
          throw RpcProblem.of(
                  -32600,
                  "invalid member name",
                  "a member of " + where + " is spelt like \"" + meant + "\" in other letters")
              .about(id);
        }
      }
    }
  }

  /** Simple case folding: what upper-casing and lower-casing each character gives. */
  private static String fold(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      out.append(Character.toLowerCase(Character.toUpperCase(name.charAt(i))));
    }
    return out.toString();
  }
}

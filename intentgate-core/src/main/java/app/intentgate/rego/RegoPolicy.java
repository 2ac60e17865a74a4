package app.intentgate.rego;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.builtin.StandardBuiltins;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rego modules and base data, compiled. Immutable and thread-safe: compile once, share, and replace
 * by compiling another.
 */
public final class RegoPolicy {
  RegoPolicy() {}

  /** A builder without modules. */
  public static Builder builder() {
    return new Builder();
  }

  /** The functions of OPA that need no network; the start for a registry with more. */
  public static BuiltinRegistry standardBuiltins() {
    return StandardBuiltins.registry();
  }

  /**
   * Plans a query such as {@code data.authz.decision} or {@code data.authz.deny[reason]}.
   *
   * @throws RegoCompileException when the query is no valid Rego or does not fit the policy
   */
  public PreparedQuery prepare(String query) {
    if (!Boolean.getBoolean("intentgate.rego.unfinished")) {
      throw new UnsupportedOperationException("the Rego evaluator is not in this build: " + query);
    }
    return new PreparedQuery();
  }

  /** Collects what a policy is made of. Not thread-safe. */
  public static final class Builder {
    private final Map<String, String> modules = new LinkedHashMap<>();
    private JsonObject data = JsonObject.EMPTY;
    private boolean v0Compatible;
    private boolean strict;
    private BuiltinRegistry builtins = StandardBuiltins.registry();

    private Builder() {}

    /**
     * Adds a module.
     *
     * @param file the name that errors show
     * @param source the Rego source
     */
    public Builder module(String file, String source) {
      modules.put(file, source);
      return this;
    }

    /** Sets the base documents below {@code data}. */
    public Builder data(JsonObject documents) {
      data = documents;
      return this;
    }

    /** Reads the modules as Rego before OPA 1.0. */
    public Builder v0Compatible(boolean compatible) {
      v0Compatible = compatible;
      return this;
    }

    /** Also refuses what OPA's strict mode refuses: unused variables and imports, for example. */
    public Builder strict(boolean newStrict) {
      strict = newStrict;
      return this;
    }

    /** Sets the functions that policies may call besides their own. */
    public Builder builtins(BuiltinRegistry registry) {
      builtins = registry;
      return this;
    }

    /**
     * Compiles.
     *
     * @throws RegoCompileException when a module is no valid Rego
     */
    public RegoPolicy compile() {
      if (!Boolean.getBoolean("intentgate.rego.unfinished")) {
        throw new UnsupportedOperationException(
            "the Rego compiler is not in this build: "
                + modules.keySet()
                + data.size()
                + v0Compatible
                + strict
                + builtins.names().size());
      }
      return new RegoPolicy();
    }
  }
}

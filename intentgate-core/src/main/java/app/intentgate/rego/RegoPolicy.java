package app.intentgate.rego;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.RegoVersion;
import app.intentgate.rego.builtin.StandardBuiltins;
import app.intentgate.rego.compile.CompileFailure;
import app.intentgate.rego.compile.RegoCompiler;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.compile.types.TypeChecker;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParseException;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.plan.PlanOptions;
import app.intentgate.rego.plan.PolicyPlanner;
import app.intentgate.rego.plan.UnplannableException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rego modules and base data, compiled. Immutable and thread-safe: compile once, share, and replace
 * by compiling another.
 */
public final class RegoPolicy {
  private final RegoCompiler compiler;
  private final ParserOptions queryOptions;
  private final Program program;
  private final JsonObject data;
  private final PolicyPlanner planner;

  /** Made when the first query asks for it. */
  private @Nullable PolicyPlanner observedPlanner;

  private RegoPolicy(
      RegoCompiler compiler, ParserOptions options, Program program, JsonObject data) {
    this.compiler = compiler;
    this.queryOptions = options;
    this.program = program;
    this.data = data;
    this.planner = new PolicyPlanner(program, data, PlanOptions.ofDefaults());
  }

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
    return prepare(query, false);
  }

  /**
   * Plans a query whose evaluations tell the observer in their options what happens: for
   * explanations, coverage and profiles. Answers what {@link #prepare} answers, more slowly.
   *
   * @throws RegoCompileException when the query is no valid Rego or does not fit the policy
   */
  public PreparedQuery prepareObserved(String query) {
    return prepare(query, true);
  }

  private synchronized PolicyPlanner observedPlanner() {
    PolicyPlanner known = observedPlanner;
    if (known == null) {
      known = new PolicyPlanner(program, data, PlanOptions.ofDefaults().asObserved());
      observedPlanner = known;
    }
    return known;
  }

  /**
   * The rows of each file that a coverage report counts: those where a rule or an expression
   * starts.
   */
  public Map<String, SortedSet<Integer>> coverableRows() {
    return within(() -> CoverableRows.of(program.modules()));
  }

  /**
   * The tests among the rules, in the order of the files and of the rules in them; see {@link
   * Builder#tests}.
   */
  public List<TestRule> tests() {
    return within(() -> TestRules.of(program.modules()));
  }

  /** What walks the modules, on whatever stack the caller has left. */
  private static <T> T within(Supplier<T> walk) {
    try {
      return walk.get();
    } catch (StackOverflowError e) {
      throw refused("policy is nested too deeply");
    } catch (OutOfMemoryError e) {
      throw refused("policy needs more memory than there is");
    }
  }

  private PreparedQuery prepare(String query, boolean observed) {
    try {
      PolicyPlanner with = observed ? observedPlanner() : planner;
      Body body = RegoParser.parseQuery(query, queryOptions);
      return new PreparedQuery(with.plan(compiler.compile(program, body)), observed);
    } catch (RegoParseException e) {
      throw new RegoCompileException(e.errors());
    } catch (CompileFailure e) {
      throw new RegoCompileException(e.errors());
    } catch (UnplannableException e) {
      throw refused(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw refused("policy is nested too deeply");
    } catch (OutOfMemoryError e) {
      throw refused("query needs more memory than there is");
    }
  }

  private static RegoCompileException refused(String message) {
    return new RegoCompileException(
        List.of(RegoError.of(ErrorCode.COMPILE, Location.NONE, message)));
  }

  /** Collects what a policy is made of. Not thread-safe. */
  public static final class Builder {
    private final Map<String, String> modules = new LinkedHashMap<>();
    private JsonObject data = JsonObject.EMPTY;
    private boolean v0Compatible;
    private boolean strict;
    private boolean prints;
    private boolean tests;
    private boolean dataChecked;
    private int maxErrors = RegoCompiler.MAX_ERRORS;
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

    /**
     * Keeps calls of {@code print}, whose lines go to the printer in the evaluation's options.
     * Without this they are taken out, as OPA does outside of tests.
     */
    public Builder prints(boolean keep) {
      prints = keep;
      return this;
    }

    /**
     * Compiles to run the tests among the rules: keeps calls of {@code print}, and keeps tests of
     * the same name apart, which would otherwise be one rule that holds when one of them does.
     */
    public Builder tests(boolean run) {
      tests = run;
      prints |= run;
      return this;
    }

    /**
     * Refuses rules at paths where the base data has a document, as OPA's commands and its server
     * do. Without this a path that leads to a rule means the rule, also when it is undefined, and a
     * document around it shows the data.
     */
    public Builder refuseDataConflicts(boolean refuse) {
      dataChecked = refuse;
      return this;
    }

    /**
     * Sets how many errors the compiler reports before it gives up; 10 unless set, 0 for all.
     * Errors of the parser are always all reported.
     */
    public Builder maxErrors(int errors) {
      if (errors < 0) {
        throw new IllegalArgumentException("errors must not be negative, is " + errors);
      }
      maxErrors = errors;
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
      ParserOptions options =
          ParserOptions.ofDefaults()
              .withBuiltins(builtins.names()::contains)
              .withVersion(v0Compatible ? RegoVersion.V0 : RegoVersion.V1);
      RegoCompiler compiler =
          new RegoCompiler(builtins, new TypeChecker(), strict)
              .withPrints(prints)
              .withMaxErrors(maxErrors);
      if (dataChecked) {
        compiler = compiler.withCheckedData(data);
      }
      try {
        return new RegoPolicy(compiler, options, compiler.compile(parse(options)), data);
      } catch (CompileFailure e) {
        throw new RegoCompileException(e.errors());
      } catch (StackOverflowError e) {
        throw refused("policy is nested too deeply");
      } catch (OutOfMemoryError e) {
        throw refused("policy needs more memory than there is");
      }
    }

    private List<RegoModule> parse(ParserOptions options) {
      List<RegoModule> parsed = Sources.parse(modules, options);
      return tests ? TestRules.named(parsed) : parsed;
    }
  }
}

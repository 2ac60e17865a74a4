package app.intentgate.server.cli;

import app.intentgate.policy.BuiltInPolicies;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the policies that come with the product. */
@Command(
    name = "template",
    mixinStandardHelpOptions = true,
    description = {
      "Print a policy to start from, or its tests; without a name, the names there are.",
      "",
      "The name \"default\" is the built-in policy."
    },
    footer = {"", "Example:", "  intentgate policy template value_threshold > payments.rego"})
final class PolicyTemplateCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "which one")
  private @Nullable String name;

  @Option(names = "--tests", description = "its tests instead")
  private boolean tests;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  PolicyTemplateCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(text().stripTrailing());
    return ExitCodes.OK;
  }

  private String text() {
    if (name == null) {
      return "default\n" + String.join("\n", BuiltInPolicies.TEMPLATES);
    }
    if (name.equals("default") && !tests) {
      return BuiltInPolicies.defaultSource();
    }
    return tests ? BuiltInPolicies.templateTests(name) : BuiltInPolicies.template(name);
  }
}

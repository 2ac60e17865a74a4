package app.intentgate.server.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that only groups commands: given alone it shows them. */
abstract class Group implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  Group() {}

  @Override
  public final void run() {
    throw new ParameterException(
        spec.commandLine(), "which of the commands of \"" + spec.qualifiedName() + "\"?");
  }
}

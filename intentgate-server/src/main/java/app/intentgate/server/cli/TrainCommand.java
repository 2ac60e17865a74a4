package app.intentgate.server.cli;

import app.intentgate.server.demo.Demo;
import app.intentgate.server.demo.Training;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Works a gate of its own, for a JVM that records what it does. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Work a gate of its own for some seconds, and end. Run it on the JVM that will run the gate,"
          + " with the option that makes that JVM write an archive at the end; a gate started with"
          + " the archive starts faster and, from Java 25 on, warms up faster.",
      "",
      "  java -XX:ArchiveClassesAtExit=intentgate.jsa -jar intentgate.jar train     (Java 17)",
      "  java -XX:SharedArchiveFile=intentgate.jsa -jar intentgate.jar",
      "",
      "  java -XX:AOTCacheOutput=intentgate.aot -jar intentgate.jar train           (Java 25)",
      "  java -XX:AOTCache=intentgate.aot -jar intentgate.jar",
      "",
      "An archive fits the very JVM and the very jar that it was made with; with any other, it is"
          + " not used."
    })
final class TrainCommand implements Callable<Integer> {
  private static final int LONGEST = 600;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "how long to work, at most 600 (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  TrainCommand() {}

  @Override
  public Integer call() throws Exception {
    if (seconds < 1 || seconds > LONGEST) {
      throw new ParameterException(spec.commandLine(), "--seconds must be from 1 to " + LONGEST);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Demo demo = Demo.start()) {
      if (!demo.run(new PrintWriter(PrintWriter.nullWriter()))) {
        return ExitCodes.REFUSED;
      }
      long calls = Training.run(demo, Duration.ofSeconds(seconds));
      out.println(calls + " calls in " + seconds + " s.");
    }
    return ExitCodes.OK;
  }
}

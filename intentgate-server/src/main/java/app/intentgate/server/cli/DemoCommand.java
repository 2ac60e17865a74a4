package app.intentgate.server.cli;

import app.intentgate.server.demo.Demo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the gate at work. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Start a gate of its own with a small tool server behind it, and show calls being judged: an"
          + " allow, a refusal by each of the four checks, an escalation, a narrowed token, a"
          + " revocation, and an audit log that shows when it was tampered with.",
      "",
      "Uses a free port of this machine and a temporary folder, and leaves the gate running for you"
          + " to try until you press Ctrl-C."
    })
final class DemoCommand implements Callable<Integer> {
  /** The exit code that means: the program goes on. */
  static final int KEEP_RUNNING = -1;

  @Option(names = "--exit", description = "end when the demonstration is over")
  private boolean exit;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  DemoCommand() {}

  @Override
  public Integer call() throws Exception {
    Demo demo = Demo.start();
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-stop"));
    boolean asExpected = demo.run(spec.commandLine().getOut());
    if (exit || !asExpected) {
      return asExpected ? ExitCodes.OK : ExitCodes.REFUSED;
    }
    demo.inviteToTry(spec.commandLine().getOut());
    return KEEP_RUNNING;
  }
}

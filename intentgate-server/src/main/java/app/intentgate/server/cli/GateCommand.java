package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonWriter;
import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.sdk.admin.AdminException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a running gate to do something. */
abstract class GateCommand implements Callable<Integer> {
  /** How the result is printed. */
  enum Shape {
    /** For people. */
    TABLE,
    /** The gate's own answer, for programs. */
    JSON
  }

  @Mixin private GateAccess access = new GateAccess();

  @Option(names = "--format", paramLabel = "table|json", description = "how to print the result")
  private Shape shape = Shape.TABLE;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  GateCommand() {}

  /** Does it; a refusal is thrown. */
  abstract int run(AdminClient gate) throws IOException;

  @Override
  public final Integer call() throws IOException {
    try (AdminClient gate = access.connect(err())) {
      return run(gate);
    } catch (AdminException e) {
      err().println("intentgate: " + GateRefusal.sentence(e, access.address()));
      GateRefusal.details(e).forEach(detail -> err().println("  " + detail));
      return GateRefusal.exitCode(e);
    }
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final boolean json() {
    return shape == Shape.JSON;
  }

  /** Prints a line of what is followed; who reads no more ends the command, not only the line. */
  final void follow(String line) {
    out().println(line);
    if (out().checkError()) {
      throw new OutputGoneException();
    }
  }

  /** Prints the answer for a program, or a sentence for a person. */
  final int done(JsonObject answer, String sentence) {
    out().println(json() ? JsonWriter.toText(answer) : Cells.plain(sentence));
    return ExitCodes.OK;
  }

  /** Prints the rows of an answer. */
  final int rows(JsonObject answer, String member, Cells columns) {
    if (json()) {
      out().println(JsonWriter.toText(answer));
    } else {
      columns.print(answer.get(member) instanceof JsonArray rows ? rows : JsonArray.of(), out());
    }
    return ExitCodes.OK;
  }

  /** Prints one object: its members below each other. */
  final int one(JsonObject answer, String... members) {
    if (json()) {
      out().println(JsonWriter.toText(answer));
    } else {
      Cells.members(answer, out(), members);
    }
    return ExitCodes.OK;
  }

  /** What the caller writes as their name; without one, who the gate says they are. */
  static String by(AdminClient gate, @Nullable String name) {
    return name != null ? name : Cells.text(gate.whoami().get("principal"));
  }
}

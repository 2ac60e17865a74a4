package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** What a command line ended with and what it wrote, run in this JVM. */
public record CommandRun(int code, String out, String err) {
  /** Runs these words, each as it prints itself. */
  public static CommandRun of(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
    int code = CommandLineMain.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** Standard output without white space around it. */
  public String line() {
    return out.strip();
  }

  /** Standard output as a JSON object. */
  public JsonObject json() {
    return (JsonObject) JsonReader.parse(out);
  }
}

package app.intentgate.server.cli;

import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import app.intentgate.server.config.OperatorSettings;
import app.intentgate.server.config.StoreSettings;
import app.intentgate.server.doctor.ConfigDoctor;
import app.intentgate.server.doctor.DatabaseDoctor;
import app.intentgate.server.doctor.DirectoryDoctor;
import app.intentgate.server.doctor.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is wrong before a gate does. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Look at the configuration in the environment, the data directory and the database that a"
          + " gate started here would use, and say what is wrong and what to do: also how long ago"
          + " the gates of a database were heard of, and how fast notifications reach them. Changes"
          + " no data and prints no secret.",
      "",
      "Exits with 0 when nothing is bad, 1 when something is, 2 for wrong words."
    },
    footer = {
      "",
      "Examples:",
      "  intentgate doctor",
      "  intentgate doctor --data-dir /var/lib/intentgate --format json"
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--data-dir", paramLabel = "DIR", description = "another data directory")
  private @Nullable Path directory;

  @Option(names = "--database", paramLabel = "URL", description = "another database")
  private @Nullable String database;

  @Option(names = "--format", paramLabel = "text|json", description = "how to print the result")
  private Format format = Format.TEXT;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  DoctorCommand() {}

  @Override
  public Integer call() {
    List<Finding> found = examine(System.getenv());
    PrintWriter out = spec.commandLine().getOut();
    boolean ok = found.stream().noneMatch(f -> f.level() == Finding.Level.BAD);
    if (format == Format.JSON) {
      List<JsonValue> findings = new ArrayList<>();
      for (Finding finding : found) {
        findings.add(
            JsonObject.builder(3)
                .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                .put("subject", finding.subject())
                .put("text", finding.text())
                .build());
      }
      out.println(
          JsonWriter.toText(
              JsonObject.builder(2)
                  .put("ok", ok)
                  .put("findings", JsonArray.copyOf(findings))
                  .build()));
    } else {
      FindingTable.print(found, out);
    }
    return ok ? ExitCodes.OK : ExitCodes.REFUSED;
  }

  private List<Finding> examine(Map<String, String> environment) {
    List<Finding> found = new ArrayList<>(ConfigDoctor.examine(environment));
    Config config;
    try {
      config = Config.of(environment);
    } catch (ConfigException e) {
      config = null;
    }
    Path folder =
        directory != null ? directory : config == null ? null : config.get(StoreSettings.DATA_DIR);
    if (folder != null) {
      boolean given = config != null && config.isGiven(OperatorSettings.MASTER_KEY);
      found.addAll(DirectoryDoctor.examine(folder, given));
    }
    DatabaseTarget target = target(config);
    if (target != null) {
      found.addAll(DatabaseDoctor.examine(target, Clock.systemUTC()));
    }
    return found;
  }

  private @Nullable DatabaseTarget target(@Nullable Config config) {
    if (database != null) {
      return Targets.database(database);
    }
    DatabaseTarget configured = config == null ? null : Targets.database(config);
    return directory != null && configured instanceof DatabaseTarget.SqliteFile
        ? new DatabaseTarget.SqliteFile(directory.resolve(Targets.SQLITE))
        : configured;
  }
}

package app.intentgate.server.config;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What every variable says, read and checked once. Immutable. */
public final class Config {
  private static final String PREFIX = "INTENTGATE_";

  /** Names that belong to the command line and tools around the gate, not to the gate. */
  private static final List<String> TOOLS =
      List.of("INTENTGATE_URL", "INTENTGATE_GATEWAY_URL", "INTENTGATE_TOKEN");

  private final Map<String, Object> values;
  private final Map<String, String> given;
  private final List<String> warnings;

  private Config(Map<String, Object> values, Map<String, String> given, List<String> warnings) {
    this.values = values;
    this.given = given;
    this.warnings = warnings;
  }

  /**
   * Reads the variables of an environment; an empty one counts as unset.
   *
   * @throws ConfigException for the first value that is not accepted, naming its variable
   */
  public static Config of(Map<String, String> environment) {
    Map<String, Object> values = new HashMap<>();
    Map<String, String> given = new TreeMap<>();
    environment.forEach(
        (name, text) -> {
          if (name.startsWith(PREFIX) && !text.isEmpty()) {
            given.put(name, text);
          }
        });
    for (Setting<?> setting : Settings.all()) {
      String text = given.getOrDefault(setting.name(), setting.fallback());
      if (!text.isEmpty()) {
        values.put(setting.name(), setting.read(text));
      }
    }
    Config config = new Config(values, given, warnings(given));
    config.checkTogether();
    return config;
  }

  private static List<String> warnings(Map<String, String> given) {
    List<String> known = new ArrayList<>(Settings.all().stream().map(Setting::name).toList());
    List<String> warnings = new ArrayList<>();
    given.forEach(
        (name, value) -> {
          if (known.contains(name) || TOOLS.contains(name)) {
            return;
          }
          String later = LaterSettings.judge(name.substring(PREFIX.length()), value);
          warnings.add(later != null ? later : unknown(name, known));
        });
    return List.copyOf(warnings);
  }

  private static String unknown(String name, List<String> known) {
    List<String> all = new ArrayList<>(known);
    LaterSettings.names().forEach(n -> all.add(PREFIX + n));
    String nearest = NearestName.of(name, all);
    return name
        + " is not known and has no effect"
        + (nearest == null ? "" : "; did you mean " + nearest + "?");
  }

  private void checkTogether() {
    OAuthSettings.check(this);
    OperatorSettings.check(this);
    Choices.Store kind = store();
    if (get(AuditSettings.AUDIT_MODE) == Choices.AuditMode.BUFFERED
        && kind != Choices.Store.SQLITE
        && kind != Choices.Store.POSTGRES) {
      throw new ConfigException(
          "INTENTGATE_AUDIT_MODE=buffered needs the store sqlite or postgres");
    }
    if (find(StoreSettings.STORE) == Choices.Store.POSTGRES
        && !isGiven(StoreSettings.POSTGRES_URL)) {
      throw new ConfigException("INTENTGATE_STORE=postgres needs INTENTGATE_POSTGRES_URL");
    }
    if (isGiven(UpstreamSettings.UPSTREAMS)) {
      UpstreamSettings.checkSeveral(this);
    }
    if (isGiven(CheckSettings.INTENT_RULES) && isGiven(CheckSettings.EXTRACTOR_URL)) {
      throw new ConfigException(
          "INTENTGATE_INTENT_RULES and INTENTGATE_EXTRACTOR_URL exclude each other: unset one");
    }
  }

  /**
   * What a variable says, or its default.
   *
   * @throws IllegalStateException for one without a default that is not set; {@link #find} is for
   *     those
   */
  public <T> T get(Setting<T> setting) {
    T value = find(setting);
    if (value == null) {
      throw new IllegalStateException(setting.name() + " has no default");
    }
    return value;
  }

  /** What a variable says, or something else when it is not set. */
  public <T> T get(Setting<T> setting, T otherwise) {
    T value = find(setting);
    return value == null ? otherwise : value;
  }

  /** What a variable says, its default, or null when it has none and is not set. */
  @SuppressWarnings("unchecked") // read by the setting's own parser
  public <T> @Nullable T find(Setting<T> setting) {
    return (T) values.get(setting.name());
  }

  /** Whether the environment sets it. */
  public boolean isGiven(Setting<?> setting) {
    return given.containsKey(setting.name());
  }

  /**
   * The text of a variable that belongs to a sink, which this version only shows; empty when it is
   * not set.
   *
   * @param name without {@code INTENTGATE_}
   */
  public String sinkText(String name) {
    return given.getOrDefault(PREFIX + name, "");
  }

  /**
   * Whether a call must bring a token: as set, else unless a master key was configured; always
   * where clients get their tokens by being refused without one.
   */
  public boolean requiresCapability() {
    Boolean set = find(CheckSettings.REQUIRE_CAPABILITY);
    return set != null
        ? set
        : !isGiven(OperatorSettings.MASTER_KEY) || isGiven(OAuthSettings.OAUTH_ISSUERS);
  }

  /** The store that is meant: as set, else by the database's URL, else what is there already. */
  public Choices.Store store() {
    Choices.Store set = find(StoreSettings.STORE);
    if (set != null) {
      return set;
    }
    if (isGiven(StoreSettings.POSTGRES_URL)) {
      return Choices.Store.POSTGRES;
    }
    boolean hasFileStore = Files.exists(get(StoreSettings.DATA_DIR).resolve("audit.jsonl"));
    return hasFileStore ? Choices.Store.FILE : Choices.Store.SQLITE;
  }

  /** What an operator should know before the gate starts; sentences. */
  public List<String> warnings() {
    return warnings;
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return "Config" + given.keySet();
  }
}

package app.intentgate.server.doctor;

import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import app.intentgate.server.config.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at every variable by itself, and then at all together. */
public final class ConfigDoctor {
  private static final String PREFIX = "INTENTGATE_";

  private ConfigDoctor() {}

  /** Looks at an environment. */
  public static List<Finding> examine(Map<String, String> environment) {
    List<Finding> found = new ArrayList<>();
    Map<String, String> good = new HashMap<>(environment);
    for (var setting : Settings.all()) {
      String text = environment.getOrDefault(setting.name(), "");
      if (!text.isEmpty()) {
        try {
          setting.check(text);
        } catch (ConfigException e) {
          found.add(Finding.bad(setting.name(), String.valueOf(e.getMessage())));
          good.remove(setting.name());
        }
      }
    }
    try {
      for (String warning : Config.of(good).warnings()) {
        found.add(Finding.warn(warning.split(" ", 2)[0], warning));
      }
    } catch (ConfigException e) {
      found.add(Finding.bad("configuration", String.valueOf(e.getMessage())));
    }
    long given = environment.keySet().stream().filter(name -> name.startsWith(PREFIX)).count();
    if (found.isEmpty()) {
      found.add(Finding.ok("configuration", given + " variables, all understood"));
    }
    return found;
  }
}

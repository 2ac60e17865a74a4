package app.intentgate.server.config;

import app.intentgate.server.config.Setting.Parser;
import java.util.ArrayList;
import java.util.List;

/** Makes the variables of one area and keeps them in order. Used while classes are initialised. */
final class SettingRows {
  private static final String FLAG = "true, false, 1 or 0";

  private final List<Setting<?>> rows = new ArrayList<>();

  /** The rows made so far. */
  List<Setting<?>> all() {
    return List.copyOf(rows);
  }

  <T> Setting<T> row(
      String name, String fallback, String accepted, String description, Parser<T> parser) {
    return add(new Setting<>("INTENTGATE_" + name, fallback, accepted, description, false, parser));
  }

  <T> Setting<T> secret(String name, String accepted, String description, Parser<T> parser) {
    return add(new Setting<>("INTENTGATE_" + name, "", accepted, description, true, parser));
  }

  Setting<Boolean> flag(String name, String fallback, String description) {
    return row(name, fallback, FLAG, description, Parsers::flag);
  }

  Setting<Long> number(String name, String fallback, long low, long high, String description) {
    return row(
        name,
        fallback,
        "a whole number from " + low + " to " + high,
        description,
        Parsers.between(low, high));
  }

  private <T> Setting<T> add(Setting<T> setting) {
    rows.add(setting);
    return setting;
  }
}

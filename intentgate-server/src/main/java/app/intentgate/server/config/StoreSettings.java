package app.intentgate.server.config;

import app.intentgate.server.config.Choices.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Variables of where the gate keeps what it must not forget. */
public final class StoreSettings {
  private static final SettingRows ROWS = new SettingRows();

  /** Which store. */
  public static final Setting<Store> STORE =
      ROWS.row(
          "STORE",
          "file",
          "file or memory",
          "Where audit, budgets and revocations are kept; memory forgets them at the end.",
          Parsers.choice(Map.of("file", Store.FILE, "memory", Store.MEMORY)));

  /** Where files are kept. */
  public static final Setting<Path> DATA_DIR =
      ROWS.row(
          "DATA_DIR",
          "intentgate-data",
          "a directory, made when it is missing",
          "Directory of the file store, the generated keys and the generated admin token.",
          Path::of);

  private StoreSettings() {}

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}

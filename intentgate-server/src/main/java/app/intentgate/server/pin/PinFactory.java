package app.intentgate.server.pin;

import app.intentgate.pin.ToolPins;
import app.intentgate.server.config.CheckSettings;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import app.intentgate.server.config.UpstreamSettings;
import app.intentgate.server.stores.GateStorage;
import java.nio.file.Path;
import java.time.Clock;

/** Makes the pins that a configuration asks for. */
public final class PinFactory {
  private PinFactory() {}

  /**
   * The pins.
   *
   * @throws ConfigException when their file cannot be used
   */
  public static PinnedTools create(Config config, GateStorage storage) {
    Choices.ToolPinning mode = config.get(UpstreamSettings.TOOL_PINS);
    if (mode == Choices.ToolPinning.OFF) {
      return PinnedTools.OFF;
    }
    ToolPins pins =
        new ToolPins(
            storage.pins(), storage.audit(), Clock.systemUTC(), mode == Choices.ToolPinning.STRICT);
    Path file = config.find(UpstreamSettings.TOOL_PINS_FILE);
    if (file != null) {
      try {
        PinFile.read(file, pins);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(
            UpstreamSettings.TOOL_PINS_FILE.name() + ": " + e.getMessage(), e);
      }
    }
    return new PinnedTools(
        pins,
        config.find(UpstreamSettings.UPSTREAMS) != null,
        config.get(CheckSettings.MODE) == Choices.Mode.OBSERVE);
  }
}

package app.intentgate.server.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every variable the gate reads, area by area. {@code docs/configuration.md} is tested against
 * {@link #all()}.
 */
public final class Settings {
  /** The largest count or amount a variable takes: what every JSON reader keeps exactly (B50). */
  static final long MAX_COUNT = (1L << 53) - 1;

  private Settings() {}

  /** Every variable, in the order of the documentation. */
  public static List<Setting<?>> all() {
    return Stream.of(
            HttpSettings.all(),
            StoreSettings.all(),
            OperatorSettings.all(),
            CheckSettings.all(),
            PolicySettings.all(),
            ApprovalSettings.all(),
            AuditSettings.all(),
            UpstreamSettings.all(),
            OAuthSettings.all(),
            LogSettings.all())
        .flatMap(List::stream)
        .toList();
  }
}

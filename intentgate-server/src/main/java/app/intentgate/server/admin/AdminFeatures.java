package app.intentgate.server.admin;

import java.util.List;

/** Every feature that operators have routes for, put together. */
final class AdminFeatures {
  private AdminFeatures() {}

  /** The features. */
  static List<RouteGroup> of(AdminServices services) {
    return List.of(
        new MintRoute(services.gate(), services.credentials().keys(), services.maxBody()),
        new RevocationRoutes(services.gate(), services.maxBody()),
        new AuditRoutes(services.gate()));
  }
}

package app.intentgate.server;

import app.intentgate.IntentGate;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.config.OAuthSettings;
import app.intentgate.server.oauth.Mapping;
import app.intentgate.server.oauth.OAuth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what takes access tokens. */
final class OAuthFactory {
  private OAuthFactory() {}

  /**
   * What takes them; null when no issuer is named.
   *
   * @throws ConfigException when the rules cannot be used
   */
  static @Nullable OAuth start(Config config, Credentials credentials, IntentGate gate) {
    List<String> issuers = config.get(OAuthSettings.OAUTH_ISSUERS, List.of());
    if (issuers.isEmpty()) {
      return null;
    }
    return OAuth.start(
        new OAuth.Options(
            issuers,
            config.get(OAuthSettings.OAUTH_AUDIENCE),
            OAuthSettings.resource(config),
            config.find(OAuthSettings.OAUTH_JWKS_URL),
            mapping(config.get(OAuthSettings.OAUTH_MAPPING)),
            credentials.keys()),
        gate);
  }

  private static Mapping mapping(Path file) {
    try {
      return Mapping.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ConfigException(
          OAuthSettings.OAUTH_MAPPING.name()
              + " must be a readable file; "
              + file
              + " cannot be read",
          e);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          OAuthSettings.OAUTH_MAPPING.name() + ": " + file + ": " + e.getMessage(), e);
    }
  }
}

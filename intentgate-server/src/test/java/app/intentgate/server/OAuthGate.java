package app.intentgate.server;

import app.intentgate.server.exchange.FakeIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gates that take the access tokens of an issuer. */
final class OAuthGate {
  static final String RULES =
      """
      [{"name": "readers",
        "when": {"scope": "tools:read"},
        "subject": "desk:${sub}",
        "tenant": "${org}",
        "tools": ["read_*"],
        "max_calls": 3},
       {"name": "listed", "when": {"scope": "listed"}, "subject": "desk:${sub}",
        "tools": ["${tools}"]}]
      """;

  private OAuthGate() {}

  static TestGate start(Path directory, FakeIssuer issuer, String rules, String... more)
      throws IOException {
    Path file = Files.writeString(directory.resolve("mapping.json"), rules);
    List<String> all =
        new ArrayList<>(
            List.of(
                "OAUTH_ISSUERS",
                issuer.issuer(),
                "OAUTH_AUDIENCE",
                FakeIssuer.AUDIENCE,
                "OAUTH_MAPPING",
                file.toString()));
    all.addAll(List.of(more));
    return TestGate.start(directory, all.toArray(new String[0]));
  }

  /** A token that the rule "readers" is for. */
  static String reader(FakeIssuer issuer) {
    return issuer.token(claims -> claims.claim("org", "acme"));
  }
}

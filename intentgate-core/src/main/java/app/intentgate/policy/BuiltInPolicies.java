package app.intentgate.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The policies that come with the library: the one in force when no other is, and templates to
 * start from. Each is an ordinary Rego file; each template has a file of Rego tests beside it.
 */
public final class BuiltInPolicies {
  /** The names of the templates. */
  public static final List<String> TEMPLATES =
      List.of("destructive_verbs", "bulk_rows", "value_threshold", "business_hours");

  private BuiltInPolicies() {}

  /**
   * The built-in policy, compiled: what decides while no other policy is set. It allows tools whose
   * names start with {@code read_}, the tools {@code fetch_company_data}, {@code record_in_ledger},
   * {@code verify_vendor} and {@code web_search}, and {@code transfer_funds} with an {@code
   * amount_eur} from 0 to 10,000, a number or a text that is one (B23). It denies everything else
   * and escalates nothing.
   *
   * @param deadline how long one evaluation may take
   */
  public static RegoPolicyEngine defaultPolicy(Duration deadline) {
    return RegoPolicyEngine.compile("default.rego", defaultSource(), "embedded default", deadline);
  }

  /** The source of the built-in policy. */
  public static String defaultSource() {
    return resource("default.rego");
  }

  /**
   * The source of a template.
   *
   * @param name one of {@link #TEMPLATES}
   */
  public static String template(String name) {
    return resource("templates/" + checked(name) + ".rego");
  }

  /**
   * The source of a template's tests.
   *
   * @param name one of {@link #TEMPLATES}
   */
  public static String templateTests(String name) {
    return resource("templates/" + checked(name) + "_test.rego");
  }

  private static String checked(String name) {
    if (!TEMPLATES.contains(name)) {
      throw new IllegalArgumentException("no template \"" + name + "\"; there are " + TEMPLATES);
    }
    return name;
  }

  private static String resource(String name) {
    try (InputStream in = BuiltInPolicies.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the jar", e);
    }
  }
}

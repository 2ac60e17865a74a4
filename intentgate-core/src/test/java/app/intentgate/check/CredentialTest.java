package app.intentgate.check;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.check.Credential.Bearer;
import app.intentgate.check.Credential.Unusable;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.testing.GoldenData;
import app.intentgate.testing.Tally;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CredentialTest {
  private static Credential read(String... headers) {
    return Credential.fromAuthorization(List.of(headers));
  }

  @Test
  void headers_are_read_as_recorded() {
    Tally tally = Tally.of("vectors key-and-header.json authorization_header");
    JsonObject file = (JsonObject) GoldenData.vectorsJson("key-and-header.json");
    for (JsonValue each : (JsonArray) file.get("authorization_header")) {
      JsonObject c = (JsonObject) each;
      tally.check(c.toString(), () -> check(c));
    }
    tally.finish();
  }

  private static void check(JsonObject c) {
    String header = c.get("header").asText();
    String error = c.get("error").asText();
    boolean bearerInAnyCase = header.toLowerCase(Locale.ROOT).startsWith("bearer "); // B13
    if (error == null || bearerInAnyCase) {
      String token =
          bearerInAnyCase && error != null ? header.substring(7) : c.get("token").asText();
      assertThat(read(header)).isEqualTo(token.isEmpty() ? Credential.NONE : new Bearer(token));
    } else {
      assertThat(read(header)).isEqualTo(new Unusable(error));
    }
  }

  @Test
  void no_header_or_a_blank_one_presents_nothing() {
    assertThat(read()).isEqualTo(Credential.NONE);
    assertThat(read("  ")).isEqualTo(Credential.NONE);
  }

  @Test
  void the_scheme_counts_in_any_case_and_the_header_once_B13_B48() {
    assertThat(read("bEaReR x")).isEqualTo(new Bearer("x"));
    assertThat(read("Bearer x", "Bearer x"))
        .isEqualTo(new Unusable("more than one Authorization header"));
    assertThat(read("", "")).isInstanceOf(Unusable.class);
  }

  @Test
  void what_a_caller_presented_does_not_print() {
    assertThat(new Bearer("secret").toString()).isEqualTo("Bearer[…]");
  }

  @Test
  void blanks_around_a_token_are_no_part_of_it() {
    for (char blank : new char[] {'\t', '\n', '\u000b', '\r', ' ', '\u0085', '\u00a0'}) {
      assertThat(read("Bearer " + blank + "abc" + blank)).isEqualTo(new Bearer("abc"));
    }
    for (char other : new char[] {'\b', '\u000e'}) {
      assertThat(read("Bearer " + other + "abc")).isEqualTo(new Bearer(other + "abc"));
    }
  }
}

package app.intentgate.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.token.KeyRing;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links under which a person agrees: for one row, while it waits for that person. */
class ConsentLinksTest {
  private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  private static final String NEW = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8";

  private final ConsentLinks links = links(OLD, "https://gate.example");

  private static ConsentLinks links(String keys, String url) {
    return new ConsentLinks(KeyRing.parse(keys), URI.create(url));
  }

  private static String token(ConsentLinks links, Approval row) {
    return Objects.requireNonNull(links.of(row)).replaceFirst(".*/v1/consent/", "");
  }

  @ParameterizedTest
  @CsvSource({
    "https://gate.example,https://gate.example/v1/consent/",
    "https://gate.example/,https://gate.example/v1/consent/",
    "https://gate.example/a/b,https://gate.example/a/b/v1/consent/",
    "http://[::1]:80/a/,http://[::1]:80/a/v1/consent/"
  })
  void aLinkLeadsWherePeopleReachTheGate(String url, String beginning) {
    assertThat(links(OLD, url).of(Rows.row().build())).startsWith(beginning + "pending-1.");
  }

  @Test
  void aLinkIsReadByEveryGateOfTheKeysTheOldOnesToo() {
    String token = token(links, Rows.row().build());
    assertThat(links.read(token)).isEqualTo("pending-1");
    assertThat(links(NEW + "," + OLD, "https://other").read(token)).isEqualTo("pending-1");
    assertThat(links(NEW, "https://gate.example").read(token)).isNull();
    String after = token(links(NEW + "," + OLD, "https://gate.example"), Rows.row().build());
    assertThat(links.read(after)).as("the newest key signs").isNull();
  }

  @Test
  void aLinkIsForItsRowAloneAndEveryLetterOfItCounts() {
    String one = token(links, Rows.row().build());
    String other = token(links, Rows.row().id("pending-2").build());
    String signature = one.substring(one.indexOf('.'));
    assertThat(links.read("pending-2" + signature)).isNull();
    assertThat(links.read("pending-1" + other.substring(other.indexOf('.')))).isNull();
    for (int i = 0; i < one.length(); i++) {
      char letter = one.charAt(i) == 'A' ? 'B' : 'A';
      String changed = one.substring(0, i) + letter + one.substring(i + 1);
      assertThat(links.read(changed)).as("letter %s", i).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "pending-1",
        "pending-1.",
        ".AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "pending-1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "pending-1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "../pending-1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void whatIsNoLinkOfOursIsNone(String token) {
    assertThat(links.read(token)).isNull();
  }

  @Test
  void aGoodTokenWithAnythingAroundIsNone() {
    String good = token(links, Rows.row().build());
    for (String other :
        new String[] {good + "=", good + "\n", " " + good, good + ".x", "x." + good}) {
      assertThat(links.read(other)).as(other).isNull();
    }
  }

  @Test
  void onlyARowThatWaitsForThatPersonHasOne() {
    Approval row = Rows.row().build();
    ApprovalDecision theirs = ApprovalDecision.byUser(true, "ann", "", Rows.NOW);
    ApprovalDecision operators = new ApprovalDecision(true, "superadmin", "", "", Rows.NOW);
    assertThat(links.of(row)).isNotNull();
    assertThat(links.of(Rows.row().by(ApprovalTerms.By.OPERATOR).build())).isNull();
    assertThat(links.of(row.timedOut())).isNull();
    assertThat(links.of(row.voided("why", Rows.NOW))).isNull();
    assertThat(links.of(Objects.requireNonNull(row.voted(theirs)))).isNull();
    Approval both = Rows.row().by(ApprovalTerms.By.BOTH).build();
    assertThat(links.of(Objects.requireNonNull(both.voted(operators))))
        .as("the operator's voice is not the person's")
        .isNotNull();
    assertThat(links.of(Objects.requireNonNull(both.voted(theirs)))).isNull();
  }
}

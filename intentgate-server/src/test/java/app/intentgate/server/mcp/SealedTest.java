package app.intentgate.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.server.mcp.PendingStates.Found;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.server.mcp.SessionIds.Session;
import app.intentgate.token.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that a client keeps for a gate: read by every gate of the keys, made by nobody else. */
class SealedTest {
  private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  private static final String NEW = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Owner ANN = new Owner("acme", "chain-1");
  private static final JsonObject ARGUMENTS = JsonObject.of("a", JsonString.of("b"));

  private final Sealed sealed = new Sealed(KeyRing.parse(OLD), "purpose", RANDOM);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsSealedIsReadByEveryGateOfTheKeyForThatPurposeAlone() {
    String text = sealed.seal(bytes("hello"));
    assertThat(text).matches("[A-Za-z0-9_-]+").doesNotContain("hello");
    assertThat(new Sealed(KeyRing.parse(OLD), "purpose", RANDOM).open(text))
        .isEqualTo(bytes("hello"));
    assertThat(new Sealed(KeyRing.parse(OLD), "other", RANDOM).open(text)).isNull();
    assertThat(new Sealed(KeyRing.parse(NEW), "purpose", RANDOM).open(text)).isNull();
    assertThat(sealed.seal(bytes("hello"))).as("no two are equal").isNotEqualTo(text);
  }

  @Test
  void afterAKeyWasReplacedOldTextsAreReadAndNewOnesAreOfTheNewKey() {
    Sealed both = new Sealed(KeyRing.parse(NEW + "," + OLD), "purpose", RANDOM);
    assertThat(both.open(sealed.seal(bytes("old")))).isEqualTo(bytes("old"));
    String text = both.seal(bytes("new"));
    assertThat(sealed.open(text)).isNull();
    assertThat(new Sealed(KeyRing.parse(NEW), "purpose", RANDOM).open(text))
        .isEqualTo(bytes("new"));
  }

  @Test
  void aTextOfWhichAnyByteIsChangedOrMissingIsNone() {
    byte[] good = Base64.getUrlDecoder().decode(sealed.seal(bytes("hello")));
    for (int i = 0; i < good.length; i++) {
      byte[] other = good.clone();
      other[i] ^= 0x40;
      assertThat(sealed.open(encoded(other))).as("byte %s", i).isNull();
      assertThat(sealed.open(encoded(java.util.Arrays.copyOf(good, i)))).as("%s bytes", i).isNull();
    }
    assertThat(sealed.open(encoded(java.util.Arrays.copyOf(good, good.length + 1)))).isNull();
    assertThat(sealed.open(encoded(good))).isNotNull();
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void aTextHasOneSpelling() {
    String text = sealed.seal(bytes("hello!"));
    for (String other :
        List.of(
            text + "=", text + "\n", " " + text, text + "A", text + "\u00e4", text + "\u0141")) {
      assertThat(sealed.open(other)).as(other).isNull();
    }
    // Six bytes more than 28 leave four unused bits: another last letter would say the same.
    char last = text.charAt(text.length() - 1);
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char next = letters.charAt((letters.indexOf(last) + 1) % 64);
    assertThat(sealed.open(text.substring(0, text.length() - 1) + next)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AAAA", "....", "\ud83d\ude00", "{}"})
  void whatNobodySealedIsNone(String text) {
    assertThat(sealed.open(text)).isNull();
  }

  @Test
  void whatFitsCanBeOpenedAgainAndOneByteMoreCannot() {
    int longest = 0;
    while (Sealed.fits(new byte[longest + 1])) {
      longest++;
    }
    assertThat(sealed.open(sealed.seal(new byte[longest]))).hasSize(longest);
    assertThat(sealed.open(sealed.seal(new byte[longest + 1]))).isNull();
  }

  @Test
  void aSessionIsItsOwnersAlone() {
    SessionIds ids = new SessionIds(KeyRing.parse(OLD), RANDOM);
    Session session = new Session("up-1", new Elicits(true, false));
    String id = ids.seal(session, ANN);
    assertThat(ids.open(id, ANN)).isEqualTo(session);
    for (Owner other :
        List.of(
            new Owner("globex", "chain-1"),
            new Owner("acme", "chain-2"),
            new Owner("", "chain-1"),
            new Owner("acme", ""),
            new Owner("acmechain", "-1"))) {
      assertThat(ids.open(id, other)).as("%s", other).isNull();
    }
    assertThat(ids.open(ids.seal(new Session("up-1", Elicits.NOT), ANN), ANN))
        .isEqualTo(new Session("up-1", Elicits.NOT));
    assertThat(ids.open("none", ANN)).isNull();
  }

  @Test
  void aTextForOnePurposeIsNoneForAnother() {
    KeyRing keys = KeyRing.parse(OLD);
    PendingStates pending = new PendingStates(keys, RANDOM);
    SessionIds ids = new SessionIds(keys, RANDOM);
    String state = pending.state(ANN, "t", ARGUMENTS, new Found("p-1", null, null));
    assertThat(state).isNotNull();
    assertThat(ids.open(state, ANN)).isNull();
    assertThat(pending.resumed(ids.seal(new Session("u", Elicits.NOT), ANN), ANN, "t", ARGUMENTS))
        .isNull();
    JsonString question = JsonString.of(pending.question("p-1", ANN));
    assertThat(pending.resumed(question.value().replaceFirst(".*\\.", ""), ANN, "", null)).isNull();
    assertThat(pending.asked(JsonString.of("intentgate-consent." + state), ANN)).isNull();
  }

  @Test
  void aQuestionIsAnsweredByWhomItWasPutTo() {
    PendingStates pending = new PendingStates(KeyRing.parse(OLD), RANDOM);
    JsonString question = JsonString.of(pending.question("p-1", ANN));
    assertThat(PendingStates.isQuestion(question)).isTrue();
    assertThat(pending.asked(question, ANN)).isEqualTo("p-1");
    assertThat(pending.asked(question, new Owner("acme", "chain-2"))).isNull();
    assertThat(PendingStates.isQuestion(JsonString.of("intentgate-consent"))).isFalse();
    assertThat(PendingStates.isQuestion(ARGUMENTS)).isFalse();
    assertThat(PendingStates.isQuestion(null)).isFalse();
    assertThat(pending.asked(JsonString.of("intentgate-consent."), ANN)).isNull();
    assertThat(pending.asked(ARGUMENTS, ANN)).isNull();
  }

  @Test
  void aCallThatWaitsIsGoneOnWithByItsOwnerToolAndArguments() {
    PendingStates pending = new PendingStates(KeyRing.parse(OLD), RANDOM);
    Found before = new Found("p-1", JsonString.of("theirs"), ARGUMENTS);
    String state = pending.state(ANN, "t", ARGUMENTS, before);
    assertThat(state).isNotNull();
    assertThat(pending.resumed(state, ANN, "t", ARGUMENTS)).isEqualTo(before);
    assertThat(pending.resumed(state, new Owner("acme", "c"), "t", ARGUMENTS)).isNull();
    assertThat(pending.resumed(state, ANN, "u", ARGUMENTS)).isNull();
    assertThat(pending.resumed(state, ANN, "t", null)).isNull();
    assertThat(pending.resumed(state, ANN, "t", JsonObject.of("a", JsonString.of("c")))).isNull();
    String none = pending.state(ANN, "t", null, new Found("p-1", null, null));
    assertThat(none).isNotNull();
    assertThat(pending.resumed(none, ANN, "t", JsonObject.EMPTY))
        .as("no arguments are as good as none")
        .isEqualTo(new Found("p-1", null, null));
  }

  @Test
  void theOrderOfArgumentsMakesNoOtherCall() {
    PendingStates pending = new PendingStates(KeyRing.parse(OLD), RANDOM);
    JsonObject one = JsonObject.of("a", JsonString.of("1"), "b", JsonString.of("2"));
    JsonObject other = JsonObject.of("b", JsonString.of("2"), "a", JsonString.of("1"));
    String state = pending.state(ANN, "t", one, new Found("p-1", null, null));
    assertThat(state).isNotNull();
    assertThat(pending.resumed(state, ANN, "t", other)).isNotNull();
  }

  @Test
  void aStateThatAClientCouldNotSendBackIsNotMade() {
    PendingStates pending = new PendingStates(KeyRing.parse(OLD), RANDOM);
    Found much = new Found("p-1", JsonString.of("x".repeat(10_000)), null);
    assertThat(pending.state(ANN, "t", null, much)).isNull();
    Found less = new Found("p-1", JsonString.of("x".repeat(8_000)), null);
    assertThat(pending.state(ANN, "t", null, less)).isNotNull().hasSizeLessThan(16_384);
  }
}

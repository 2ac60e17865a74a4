package app.intentgate.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.consent.ConsentQuestion.Answer;
import app.intentgate.server.mcp.Elicits;
import app.intentgate.token.KeyRing;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is shown of a call, so that it cannot pass for another one; and what they say. */
class ConsentShownTest {
  private static final Elicits FORM = new Elicits(true, false);
  private static final Elicits BOTH = new Elicits(true, true);
  private static final ConsentLinks LINKS =
      new ConsentLinks(
          KeyRing.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"),
          URI.create("https://gate.example"));

  private static String message(Rows row) {
    JsonObject params = Objects.requireNonNull(ConsentQuestion.of(row.build(), FORM, null));
    return ((JsonString) Objects.requireNonNull(params.get("message"))).value();
  }

  /** The lines of the page between the call's beginning and the buttons. */
  private static String pre(Rows row) {
    String page = ConsentPage.asking(row.build());
    return page.substring(page.indexOf("<pre>") + 5, page.indexOf("</pre>"));
  }

  @Test
  void thePageShowsTheWholeCallAsText() {
    String page =
        ConsentPage.asking(
            Rows.row()
                .agent("<b>bot</b>")
                .tool("pay&run")
                .reason("\"because\"")
                .summary("it's <i>this</i>")
                .arguments("{\"to\":\"</pre><script>x</script>\",\"sum\":1.50,\"o\":{\"a\":[1]}}")
                .build());
    assertThat(page)
        .contains("The agent <b>&lt;b&gt;bot&lt;/b&gt;</b> wants to use <b>pay&amp;run</b>")
        .contains("You are asked because: &quot;because&quot;")
        .contains("<p>What was understood of your request: it&#39;s &lt;i&gt;this&lt;/i&gt;</p>")
        .contains(
            "<pre>to: &quot;&lt;/pre&gt;&lt;script&gt;x&lt;/script&gt;&quot;\n"
                + "sum: 1.50\no: {&quot;a&quot;:[1]}\n</pre>")
        .doesNotContain("<script");
  }

  @Test
  void whatIsNotThereIsNotTalkedOf() {
    assertThat(ConsentPage.asking(Rows.row().build()))
        .doesNotContain("because", "understood", "<pre>");
    assertThat(ConsentPage.asking(Rows.row().arguments("{}").build())).doesNotContain("<pre>");
    assertThat(message(Rows.row()))
        .isEqualTo("The agent bot wants to use pay. May this be done for you?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\n", "\\r", "\\u2028", "\\u2029", "\\u0085", "\\u000b", "\\u000c"})
  void eachArgumentIsOneLineWhateverItsNameOrValueHolds(String end) {
    Rows row =
        Rows.row().arguments("{\"note" + end + "sum: 1\":\"a" + end + "sum: 2\",\"sum\":9000}");
    String shown = pre(row);
    assertThat(shown.split("\\R", -1)).as("two lines and an end").hasSize(3);
    assertThat(shown).endsWith("\nsum: 9000\n");
    assertThat(shown.chars().filter(c -> c == '\n').count()).isEqualTo(2);
    assertThat(message(row).split("\\R", -1)).hasSize(4).contains("sum: 9000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u202e",
        "\u200b",
        "\u200f",
        "\u2066",
        "\ufeff",
        "\u0000",
        "\u001b",
        "\u0085",
        "\u009b",
        "\u00ad",
        "\u2028",
        "\udb40\udc41"
      })
  void whatCannotBeSeenOrTurnsTheTextIsShownToBeThere(String hidden) {
    Rows row =
        Rows.row().agent("a" + hidden + "b").tool("c" + hidden + "d").reason("e" + hidden + "f");
    assertThat(ConsentPage.asking(row.build())).contains("a\ufffdb", "c\ufffdd", "e\ufffdf");
    assertThat(message(row)).contains("a\ufffdb", "c\ufffdd", "e\ufffdf").doesNotContain(hidden);
  }

  @Test
  void aQuestionIsPutOnThePageWhereTheClientCanLeadThereElseInAForm() {
    JsonObject url = ConsentQuestion.of(Rows.row().build(), BOTH, LINKS);
    assertThat(url).isNotNull();
    assertThat(url.get("mode")).hasToString("\"url\"");
    assertThat(url.get("url")).hasToString("\"" + LINKS.of(Rows.row().build()) + "\"");
    assertThat(url.toString()).doesNotContain("requestedSchema");
    JsonObject form = ConsentQuestion.of(Rows.row().build(), FORM, LINKS);
    assertThat(form).isNotNull();
    assertThat(form.get("mode")).isNull();
    assertThat(form.toString()).contains("\"required\":[\"allow\"]");
    assertThat(ConsentQuestion.of(Rows.row().build(), new Elicits(false, true), null))
        .as("no page to lead to")
        .isNull();
    assertThat(ConsentQuestion.of(Rows.row().build(), Elicits.NOT, LINKS)).isNull();
    assertThat(ConsentQuestion.of(Rows.row().build().timedOut(), BOTH, LINKS)).isNull();
  }

  @Test
  void aFormShowsFourThousandCharactersOfACallOrNothingOfIt() {
    int frame = message(Rows.row().arguments("{\"a\":\"\"}")).length();
    String exact = "x".repeat(4_000 - frame);
    assertThat(message(Rows.row().arguments("{\"a\":\"" + exact + "\"}"))).hasSize(4_000);
    assertThat(
            ConsentQuestion.of(
                Rows.row().arguments("{\"a\":\"" + exact + "x\"}").build(), FORM, null))
        .isNull();
    assertThat(
            ConsentQuestion.of(
                Rows.row().arguments("{\"a\":\"" + exact + "x\"}").build(), BOTH, LINKS))
        .as("the page has room for it")
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'action':'accept','content':{'allow':true}} | ALLOW",
        "{'action':'accept','content':{'allow':false}} | REFUSE",
        "{'action':'decline'} | REFUSE",
        "{'action':'decline','content':{'allow':true}} | REFUSE",
        "{'action':'cancel'} | NONE",
        "{'action':'accept'} | NONE",
        "{'action':'accept','content':{}} | NONE",
        "{'action':'accept','content':{'allow':'true'}} | NONE",
        "{'action':'accept','content':{'allow':1}} | NONE",
        "{'action':'accept','content':{'Allow':true}} | NONE",
        "{'action':'accept','content':[true]} | NONE",
        "{'action':'Accept','content':{'allow':true}} | NONE",
        "{'action':true,'content':{'allow':true}} | NONE",
        "{'content':{'allow':true}} | NONE",
        "[] | NONE",
        "null | NONE"
      })
  void onlyAnAnswerThatSaysSoAllows(String result, Answer answer) {
    JsonValue given = JsonReader.parse(result.replace('\'', '"'));
    assertThat(ConsentQuestion.answerOf(given)).isEqualTo(answer);
    @Nullable JsonValue none = null;
    assertThat(ConsentQuestion.answerOf(none)).isEqualTo(Answer.NONE);
  }
}

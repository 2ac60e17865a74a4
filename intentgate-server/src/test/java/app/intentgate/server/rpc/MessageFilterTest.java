package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.IntentGate;
import app.intentgate.check.Credential;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.memory.MemoryOpenCallStore;
import app.intentgate.server.mcp.Elicits;
import app.intentgate.server.mcp.SessionIds;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a server's stream reaches its client, message by message (mcp T6, L9, M11). */
class MessageFilterTest {
  private final OpenCalls calls =
      new OpenCalls(IntentGate.builder().build(), new MemoryOpenCallStore());
  private final SessionState session =
      new SessionState(
          "id",
          new SessionIds.Session("up", Elicits.NOT),
          new SessionIds.Owner("acme", "chain"),
          Credential.NONE);
  private final List<String> dropped = new ArrayList<>();
  private final List<UpstreamResult> answers = new ArrayList<>();

  /** A request whose answer the test sees, and replaces where it says so. */
  private final class Asked implements Awaited {
    private final JsonValue id;
    private final @Nullable String changed;

    Asked(JsonValue id, @Nullable String changed) {
      this.id = id;
      this.changed = changed;
    }

    @Override
    public JsonValue rpcId() {
      return id;
    }

    @Override
    public byte @Nullable [] answered(UpstreamResult result) {
      answers.add(result);
      return changed == null ? null : changed.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] plain(UpstreamResult result) {
      return new byte[0];
    }

    @Override
    public void abandoned() {}
  }

  private MessageFilter filter(
      @Nullable Awaited own, @Nullable SessionState where, boolean modern) {
    return new MessageFilter(own, where, modern, calls, calls::take, dropped::add);
  }

  private static StreamEvent event(String message) {
    byte[] data = message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new StreamEvent(
        ("id: e1\ndata: " + new String(data, StandardCharsets.UTF_8) + "\n\n")
            .getBytes(StandardCharsets.UTF_8),
        data,
        true);
  }

  private static String seen(MessageFilter filter, String message) {
    byte[] out = filter.apply(event(message)).toCompletableFuture().join();
    return new String(out, StandardCharsets.UTF_8).replace('"', '\'');
  }

  private static String whole(String message) {
    return "id: e1\ndata: " + message + "\n\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'method':'notifications/message','params':{'x':1}}",
        "{'id':1,'method':'roots/list'}",
        "{'id':7,'method':'roots/list'}",
        "{'method':7}"
      })
  void whatAsksOrTellsGoesOnByteForByte(String message) {
    assertThat(seen(filter(new Asked(JsonNumber.of(7), null), session, false), message))
        .isEqualTo(whole(message));
    assertThat(dropped).isEmpty();
    assertThat(answers).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':8,'result':{}} | a response to a request that does not wait for one",
        "{'id':'7','result':{}} | a response to a request that does not wait for one",
        "{'id':null,'result':{}} | a response to a request that does not wait for one",
        "{'result':{}} | a response to a request that does not wait for one",
        "{'id':8} | a response to a request that does not wait for one",
        "{} | a response to a request that does not wait for one",
        "{'id':7,'method':'x','result':{}} | a message that is request and response at once",
        "{'method':'x','error':{}} | a message that is request and response at once",
        "[] | an event that is no JSON-RPC message",
        "[{'id':7,'result':{}}] | an event that is no JSON-RPC message",
        "7 | an event that is no JSON-RPC message",
        "{'id':7,'id':7,'result':{}} | an event that is no JSON",
        "{'id':7, | an event that is no JSON"
      })
  void whatNobodyWaitsForIsNotHandedOnAndSaid(String message, String why) {
    MessageFilter filter = filter(new Asked(JsonNumber.of(7), null), session, false);
    assertThat(seen(filter, message)).isEmpty();
    assertThat(dropped).containsExactly(why);
    assertThat(answers).isEmpty();
    assertThat(filter.answered()).isFalse();
  }

  @Test
  void anEventWithoutAMessageGoesOn() {
    StreamEvent comment =
        new StreamEvent(": still here\n\n".getBytes(StandardCharsets.UTF_8), null, false);
    assertThat(filter(null, null, true).apply(comment).toCompletableFuture().join())
        .isEqualTo(comment.raw());
  }

  @Test
  void theStreamsOwnAnswerIsTakenOnceAndGoesOnAsItIsToBeSeen() {
    MessageFilter plain = filter(new Asked(JsonNumber.of(7), null), session, false);
    assertThat(seen(plain, "{'id':7,'result':{'a':1}}"))
        .isEqualTo(whole("{'id':7,'result':{'a':1}}"));
    assertThat(plain.answered()).isTrue();
    assertThat(seen(plain, "{'id':7,'result':{'a':2}}")).as("the second").isEmpty();
    assertThat(answers).hasSize(1);
    MessageFilter changing = filter(new Asked(JsonNumber.of(7), "{\"mine\":1}"), session, false);
    assertThat(seen(changing, "{'id':7,'error':{'code':1,'message':'m'}}"))
        .isEqualTo(whole("{'mine':1}"));
    assertThat(answers.get(1)).isInstanceOf(UpstreamResult.RpcError.class);
  }

  @Test
  void anAnswerThatIsNoneIsTheRequestsEndAllTheSame() {
    MessageFilter filter = filter(new Asked(JsonNumber.of(7), "{\"mine\":1}"), session, false);
    assertThat(seen(filter, "{'id':7,'error':'oops'}")).isEqualTo(whole("{'mine':1}"));
    assertThat(answers).singleElement().isInstanceOf(UpstreamResult.Unusable.class);
  }

  @Test
  void idsAreTheSameByValueAndNotBySpelling() {
    MessageFilter filter = filter(new Asked(JsonNumber.of(7), null), session, false);
    assertThat(seen(filter, "{'id':7.0,'result':{}}")).isNotEmpty();
    MessageFilter text = filter(new Asked(JsonString.of("a"), null), session, false);
    assertThat(seen(text, "{'id':'\\u0061','result':{}}")).isNotEmpty();
    assertThat(answers).hasSize(2);
  }

  @Test
  void aRequestOfTheServerIsRememberedForTheClientsAnswerAndOnlyThat() {
    seen(filter(null, session, false), "{'id':'q','method':'roots/list'}");
    assertThat(session.answers(JsonString.of("q"))).isTrue();
    seen(filter(null, session, false), "{'method':'notifications/message'}");
    assertThat(session.answers(JsonReader.parse("null"))).isFalse();
    assertThat(seen(filter(null, null, false), "{'id':'q','method':'roots/list'}"))
        .as("where there is no session it goes on, and nothing comes back")
        .isNotEmpty();
  }

  @Test
  void inTheStatelessEraARequestOfTheServerEndsItsStream() {
    MessageFilter filter = filter(new Asked(JsonNumber.of(7), null), session, true);
    assertThat(seen(filter, "{'method':'notifications/progress'}")).isNotEmpty();
    assertThat(filter.violated()).isFalse();
    assertThat(seen(filter, "{'id':1,'method':'roots/list'}")).isEmpty();
    assertThat(filter.violated()).isTrue();
    assertThat(dropped).containsExactly("a request of the server in the stateless era");
    assertThat(session.answers(JsonNumber.of(1))).isFalse();
  }

  @Test
  void anAnswerThatAnotherRequestOfTheSessionWaitsForIsThatOnes() {
    session.park(new Asked(JsonNumber.of(9), "{\"parked\":1}"));
    MessageFilter filter = filter(new Asked(JsonNumber.of(7), null), session, false);
    assertThat(seen(filter, "{'id':9,'result':{}}")).isEqualTo(whole("{'parked':1}"));
    assertThat(filter.answered()).as("its own still waits").isFalse();
    assertThat(seen(filter, "{'id':9,'result':{}}")).as("once").isEmpty();
  }

  @Test
  void whatIsHandedOverIsAnsweredByWhoeverTakesItAndNotTwice() {
    Asked own = new Asked(JsonNumber.of(7), "{\"mine\":1}");
    MessageFilter filter = filter(own, session, false);
    filter.handOver(session).toCompletableFuture().join();
    assertThat(filter.handOver(session)).as("again changes nothing").isCompletedWithValue(null);
    assertThat(filter.handedOver()).isTrue();
    MessageFilter other = filter(null, session, false);
    assertThat(seen(other, "{'id':7,'result':{}}")).isEqualTo(whole("{'mine':1}"));
    assertThat(seen(filter, "{'id':7,'result':{}}")).isEmpty();
    assertThat(answers).hasSize(1);
  }

  @Test
  void aStoreThatCannotBeAskedLosesTheMessageAndSaysSo() {
    MessageFilter filter =
        new MessageFilter(
            null,
            session,
            false,
            calls,
            (where, id, message) ->
                CompletableFuture.failedFuture(new IllegalStateException("away")),
            dropped::add);
    assertThat(seen(filter, "{'id':7,'result':{}}")).isEmpty();
    assertThat(dropped).containsExactly("a response whose request could not be looked for");
  }

  @Test
  void anAnswerThatHasToBeLookedForComesWhenItIsFound() {
    CompletableFuture<Optional<Awaited>> looking = new CompletableFuture<>();
    MessageFilter filter =
        new MessageFilter(
            null, session, false, calls, (where, id, message) -> looking, dropped::add);
    CompletableFuture<byte[]> out =
        filter.apply(event("{'id':7,'result':{}}")).toCompletableFuture();
    assertThat(out).isNotDone();
    looking.complete(Optional.of(new Asked(JsonNumber.of(7), "{\"late\":1}")));
    assertThat(new String(Objects.requireNonNull(out.join()), StandardCharsets.UTF_8))
        .contains("{\"late\":1}");
  }
}

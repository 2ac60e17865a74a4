package app.intentgate.server.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a child's messages go that answer nothing. */
@Timeout(60)
class UnaskedTest {
  private final Unasked unasked = new Unasked();
  private final Client own = new Client();
  private final Map<JsonValue, Waiting> open = new LinkedHashMap<>();
  private final Client first = open(1, "{'progressToken':'p1'}");
  private final Client second = open(2, "{'progressToken':2}");

  /** A client that takes what it gets at once. */
  private static final class Client implements UpstreamReceiver {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void onStream(UpstreamHead head) {}

    @Override
    public void onEvents(List<StreamEvent> events, Runnable more) {
      events.forEach(
          event ->
              heard.add(
                  new String(Objects.requireNonNull(event.data()), StandardCharsets.UTF_8)
                      .replace('"', '\'')));
      more.run();
    }

    @Override
    public void onAnswer(UpstreamHead head, byte[] body) {}

    @Override
    public void onStreamEnd() {
      heard.add("end");
    }

    @Override
    public void onFailure(UpstreamResult failure) {
      heard.add("failure");
    }
  }

  private Client open(int id, String meta) {
    Client client = new Client();
    Rpc request = rpc("{'id':" + id + ",'method':'tools/call','params':{'_meta':" + meta + "}}");
    open.put(JsonNumber.of(id), new OpenStream(request, client));
    return client;
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static Rpc rpc(String text) {
    return Objects.requireNonNull(Rpc.read(bytes(text)));
  }

  private void say(String text) throws InterruptedException {
    unasked.deliver(rpc(text), bytes(text), open);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'method':'notifications/progress','params':{'progressToken':'p1'}} | first",
        "{'method':'notifications/progress','params':{'progressToken':2}} | second",
        "{'method':'notifications/progress','params':{'progressToken':'2'}} | own",
        "{'method':'notifications/progress','params':{}} | own",
        "{'method':'notifications/other','params':{'progressToken':'p1'}} | own",
        "{'method':'x','params':{'_meta':{'io.modelcontextprotocol/subscriptionId':1}}} | first",
        "{'method':'x','params':{'_meta':{'io.modelcontextprotocol/subscriptionId':9}}} | own",
        "{'id':'q','method':'roots/list'} | own",
        "{'id':1,'method':'roots/list'} | own",
        "{'id':null,'error':{}} | own"
      })
  void aMessageGoesToWhomItConcernsElseToTheClientsOwnStream(String message, String whom)
      throws InterruptedException {
    unasked.listen(new OpenStream(null, own));
    say(message);
    assertThat(own.heard).hasSize(whom.equals("own") ? 1 : 0);
    assertThat(first.heard).hasSize(whom.equals("first") ? 1 : 0);
    assertThat(second.heard).hasSize(whom.equals("second") ? 1 : 0);
  }

  @Test
  void whereNobodyListensTheNewestRequestThatTakesEventsHears() throws InterruptedException {
    open.put(
        JsonNumber.of(3), new Waiting.ForAnswer(rpc("{'id':3}"), UpstreamHead.NONE, (r, h) -> {}));
    say("{'method':'x'}");
    assertThat(second.heard).containsExactly("{'method':'x'}");
    assertThat(first.heard).isEmpty();
  }

  @Test
  void whatComesBeforeAnybodyListensIsKeptInOrderAndBounded() throws InterruptedException {
    open.clear();
    for (int i = 0; i < 257; i++) {
      say("{'method':'m" + i + "'}");
    }
    unasked.listen(new OpenStream(null, own));
    Eventually.until(() -> own.heard.size() == 256);
    assertThat(own.heard).startsWith("{'method':'m0'}").endsWith("{'method':'m255'}");
    say("{'method':'now'}");
    assertThat(own.heard).endsWith("{'method':'now'}").hasSize(257);
  }

  @Test
  void noMoreThanFourMebibytesAreKept() throws InterruptedException {
    open.clear();
    String frame = "{'method':''}";
    say("{'method':'" + "x".repeat((4 << 20) - frame.length()) + "'}");
    say("{'method':'y'}");
    unasked.listen(new OpenStream(null, own));
    Eventually.until(() -> own.heard.size() == 1);
    assertThat(own.heard.get(0)).hasSize(4 << 20);
    Client again = new Client();
    unasked.listen(new OpenStream(null, again));
    say("{'method':'z'}");
    assertThat(again.heard).as("what was kept is kept no longer").containsExactly("{'method':'z'}");
  }

  @Test
  void aSecondStreamOfTheClientEndsTheFirst() throws InterruptedException {
    OpenStream before = new OpenStream(null, own);
    Client other = new Client();
    unasked.listen(before);
    unasked.listen(new OpenStream(null, other));
    unasked.leave(before);
    say("{'method':'x'}");
    assertThat(own.heard).containsExactly("failure");
    assertThat(other.heard).containsExactly("{'method':'x'}");
    unasked.end();
    unasked.end();
    assertThat(other.heard).endsWith("failure").hasSize(2);
  }

  @Test
  void aStreamThatIsOverHearsNothingAndHoldsNobodyUp() throws InterruptedException {
    OpenStream stream = new OpenStream(null, own);
    stream.answer(bytes("{'id':1,'result':{}}"), new UpstreamResult.TimedOut(0));
    stream.event(bytes("{'method':'late'}"));
    stream.fail(new UpstreamResult.Broken(0));
    stream.answer(bytes("{'id':1,'result':{}}"), new UpstreamResult.TimedOut(0));
    assertThat(own.heard).containsExactly("{'id':1,'result':{}}", "end");
  }
}

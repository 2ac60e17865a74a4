package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstreams.Gather.Said;
import app.intentgate.testing.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asking several servers, of which some answer late, twice, never, or cannot be asked. */
@Timeout(60)
class GatherTest {
  private static final UpstreamRequest ASKED =
      new UpstreamRequest(new byte[0], null, null, List.of());

  private final ScriptedServer sap = new ScriptedServer("sap");
  private final ScriptedServer crm = new ScriptedServer("crm");
  private final ToolServer one = sap.server();
  private final ToolServer two = crm.server();
  private final CompletableFuture<List<String>> gathered = new CompletableFuture<>();
  private final List<Said> late = new CopyOnWriteArrayList<>();
  private @Nullable Said instead;

  private final Gather.Lateness lateness =
      new Gather.Lateness() {
        @Override
        public @Nullable Said instead(ToolServer server) {
          return server == two ? instead : null;
        }

        @Override
        public void came(Said said) {
          late.add(said);
        }
      };

  private void ask(long waitMillis) {
    new Gather(Runnable::run, waitMillis)
        .ask(
            List.of(one, two),
            server -> CompletableFuture.completedFuture(ASKED),
            lateness,
            said ->
                gathered.complete(
                    said.stream()
                        .map(each -> each.server() + " " + each.result().outcome())
                        .toList()));
  }

  @Test
  void whatWasSaidComesInTheOrderOfTheServersHoweverItCame() {
    ask(60_000);
    crm.last().result("{}");
    assertThat(gathered).isNotDone();
    sap.last().answer(new UpstreamResult.Broken(0), null);
    assertThat(gathered).isCompletedWithValue(List.of("sap transport", "crm success"));
  }

  @Test
  void whoeverSaysNothingInTimeIsSaidToHaveAndWhatComesThenIsLate() throws Exception {
    ask(1);
    sap.last().result("{}");
    assertThat(gathered.get().get(1)).isEqualTo("crm timeout");
    crm.last().result("{'late':true}");
    assertThat(late).last().satisfies(said -> assertThat(said.server()).isSameAs(two));
  }

  @Test
  void whatCameLateTheLastTimeTakesThePlaceOfASilence() throws Exception {
    instead = new Said(two, new UpstreamResult.HttpError(404, false), UpstreamHead.NONE);
    ask(1);
    assertThat(gathered.get()).containsExactly("sap timeout", "crm upstream_http");
  }

  @Test
  void anAnswerThatComesTwiceCountsOnce() {
    ask(60_000);
    sap.last().result("{}");
    sap.last().answer(new UpstreamResult.Broken(0), null);
    assertThat(gathered).isNotDone();
    crm.last().result("{}");
    assertThat(gathered).isCompletedWithValue(List.of("sap success", "crm success"));
    assertThat(late).as("and is late").hasSize(1);
  }

  @Test
  void aServerThatCannotBeAskedIsOneThatSaysNothing() throws Exception {
    List<List<Said>> out = new ArrayList<>();
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    new Gather(Runnable::run, 1)
        .ask(
            List.of(one, two),
            server ->
                server == one
                    ? CompletableFuture.failedFuture(new IllegalStateException("no session"))
                    : CompletableFuture.completedFuture(ASKED),
            said -> {
              out.add(said);
              done.complete(true);
            });
    done.get();
    assertThat(out.get(0).get(0).result()).isInstanceOf(UpstreamResult.TimedOut.class);
    assertThat(sap.asked()).isEmpty();
    assertThat(crm.asked()).hasSize(1);
  }

  @Test
  void ofNobodyNothingIsWaitedFor() throws ExecutionException, InterruptedException {
    CompletableFuture<List<Said>> none = new CompletableFuture<>();
    new Gather(Runnable::run, 60_000)
        .ask(List.of(), server -> CompletableFuture.completedFuture(ASKED), none::complete);
    assertThat(none.get()).isEmpty();
  }

  @Test
  void aLookAgainComesSoonHoweverPatientOneIs() {
    List<String> looked = new CopyOnWriteArrayList<>();
    new Gather(Runnable::run, 1).later(() -> looked.add("now"));
    Eventually.until(() -> !looked.isEmpty());
  }
}

package app.intentgate.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When an issuer is asked for its keys, and how long they count. */
class IssuerKeysTest {
  private static RSAKey one;
  private static RSAKey two;

  private final AtomicLong millis = new AtomicLong(1_000);
  private final List<CompletableFuture<KeySet>> questions = new ArrayList<>();
  private final IssuerKeys keys =
      new IssuerKeys("https://issuer.example", this::question, millis::get);

  @BeforeAll
  static void generate() throws Exception {
    one = new RSAKeyGenerator(2048).keyID("1").generate();
    two = new RSAKeyGenerator(2048).keyID("2").generate();
  }

  private static KeySet set(RSAKey... published) {
    return KeySet.parse(new JWKSet(List.of(published)).toString().getBytes(StandardCharsets.UTF_8));
  }

  private static JWSHeader header(String id) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build();
  }

  private CompletableFuture<KeySet> ask(String id) {
    CompletionStage<KeySet> stage = keys.keysFor(header(id));
    return stage.toCompletableFuture();
  }

  private CompletionStage<KeySet> question() {
    CompletableFuture<KeySet> question = new CompletableFuture<>();
    questions.add(question);
    return question;
  }

  private void answer(KeySet set) {
    questions.get(questions.size() - 1).complete(set);
  }

  @Test
  void allWaitForOneQuestion() {
    CompletableFuture<KeySet> first = ask("1");
    CompletableFuture<KeySet> second = ask("2");
    assertThat(questions).hasSize(1);
    assertThat(first).isNotDone();
    answer(set(one));
    assertThat(first.join().of(header("1"))).hasSize(1);
    assertThat(second.join().of(header("2"))).isEmpty();
  }

  @Test
  void theSameKeysAgainAreTheSameSetAndOthersAreNot() {
    keys.prepare();
    answer(set(one, two));
    KeySet first = keys.current();
    millis.addAndGet(IssuerKeys.FRESH.toMillis() + 1);
    assertThat(keys.current()).isSameAs(first);
    answer(set(two, one));
    assertThat(keys.current()).as("what was verified stays verified").isSameAs(first);
    millis.addAndGet(IssuerKeys.FRESH.toMillis() + 1);
    assertThat(keys.current()).isSameAs(first);
    assertThat(questions).hasSize(3);
    answer(set(two));
    assertThat(keys.current()).as("a key is gone").isNotSameAs(first);
  }

  @Test
  void aKeyThatIsMissingIsAskedForButNotMoreThanEveryTenSeconds() {
    keys.prepare();
    answer(set(one));
    assertThat(ask("2").join().of(header("2"))).as("just asked").isEmpty();
    assertThat(questions).hasSize(1);
    millis.addAndGet(IssuerKeys.PAUSE.toMillis());
    CompletableFuture<KeySet> rotated = ask("2");
    assertThat(ask("1")).as("nobody with a known key waits").isDone();
    answer(set(two));
    assertThat(rotated.join().of(header("2"))).hasSize(1);
    assertThat(keys.current().of(header("1"))).as("taken back by the issuer").isEmpty();
    for (int i = 0; i < 100; i++) {
      ask("x" + i);
    }
    assertThat(questions).hasSize(2);
  }

  @Test
  void oldKeysAreRenewedUnseenAndCountForAnHourAtMost() {
    keys.prepare();
    answer(set(one));
    millis.addAndGet(IssuerKeys.FRESH.toMillis() + 1);
    assertThat(ask("1")).isDone();
    assertThat(questions).as("asked in the background").hasSize(2);
    questions.get(1).completeExceptionally(new IllegalStateException("away"));
    assertThat(ask("1").join().of(header("1"))).hasSize(1);
    millis.addAndGet(IssuerKeys.LONGEST.toMillis());
    assertThat(keys.current()).isNull();
    CompletableFuture<KeySet> late = ask("1");
    questions.get(questions.size() - 1).completeExceptionally(new IllegalStateException("away"));
    assertThatThrownBy(late::join).hasCauseInstanceOf(OAuthRefusal.class);
    assertThatThrownBy(() -> ask("1").join())
        .as("and refused at once until it may be asked again")
        .hasCauseInstanceOf(OAuthRefusal.class);
    millis.addAndGet(IssuerKeys.PAUSE.toMillis());
    CompletableFuture<KeySet> back = ask("1");
    answer(set(one));
    assertThat(back.join().of(header("1"))).hasSize(1);
  }

  @Test
  void anAnswerThatComesBetweenLookingAndAskingCounts() {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    IssuerKeys raced =
        new IssuerKeys(
            "https://issuer.example",
            this::question,
            () -> {
              // Read after the keys were looked at and before the issuer is asked.
              meanwhile.getAndSet(() -> {}).run();
              return millis.get();
            });
    raced.prepare();
    answer(set(one));
    millis.addAndGet(IssuerKeys.PAUSE.toMillis());
    CompletableFuture<KeySet> first = raced.keysFor(header("2")).toCompletableFuture();
    meanwhile.set(() -> answer(set(two)));
    assertThat(raced.keysFor(header("2")).toCompletableFuture().join().of(header("2")))
        .as("a key that came meanwhile")
        .hasSize(1);
    assertThat(first).isCompleted();

    millis.addAndGet(IssuerKeys.LONGEST.toMillis() + 1);
    CompletableFuture<KeySet> late = raced.keysFor(header("1")).toCompletableFuture();
    meanwhile.set(() -> answer(set(one)));
    assertThat(raced.keysFor(header("1")).toCompletableFuture().join().of(header("1")))
        .as("the first keys that there are")
        .hasSize(1);
    assertThat(late).isCompleted();
  }

  @Test
  void onlySoManyWait() {
    List<CompletableFuture<KeySet>> waiting = new ArrayList<>();
    for (int i = 0; i < IssuerKeys.MAX_WAITING; i++) {
      waiting.add(ask("1"));
    }
    assertThat(ask("1")).isCompletedExceptionally();
    answer(set(one));
    assertThat(waiting).allSatisfy(each -> assertThat(each).isCompleted());
    millis.addAndGet(IssuerKeys.PAUSE.toMillis());
    assertThat(ask("2")).as("there is room again").isNotDone();
  }

  @Test
  void aSourceThatThrowsIsOneThatDoesNotAnswer() {
    IssuerKeys broken =
        new IssuerKeys(
            "https://issuer.example",
            () -> {
              throw new IllegalStateException("broken");
            },
            millis::get);
    assertThat(broken.keysFor(header("1")).toCompletableFuture()).isCompletedExceptionally();
    millis.addAndGet(IssuerKeys.PAUSE.toMillis());
    assertThat(broken.keysFor(header("1")).toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void keysThatAreSmallSymmetricOrForSomethingElseAreLeftOut() throws Exception {
    RSAKey small = new RSAKeyGenerator(1024, true).keyID("small").generate();
    String json =
        "{\"keys\":["
            + small.toPublicJWK()
            + ",{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"kid\":\"o\"}"
            + ",{\"kty\":\"new\",\"kid\":\"n\"},"
            + one.toPublicJWK()
                .toString()
                .replace("{", "{\"use\":\"enc\",")
                .replace("\"1\"", "\"e\"")
            + ","
            + two.toPublicJWK().toString().replace("{", "{\"alg\":\"PS256\",")
            + "]}";
    KeySet set = KeySet.parse(json.getBytes(StandardCharsets.UTF_8));
    for (String id : List.of("small", "o", "n", "e", "2")) {
      assertThat(set.of(header(id))).as(id).isEmpty();
    }
    assertThat(set.of(new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("2").build())).hasSize(1);
  }
}

package app.intentgate.pin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store of pins must do. */
public abstract class ToolPinStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final ToolDefinition ONE = new ToolDefinition("1".repeat(64), "{\"name\":\"a\"}");
  private static final ToolDefinition TWO = new ToolDefinition("2".repeat(64), "");

  /** The store under test; the same one within a test. */
  protected abstract ToolPinStore store();

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static ToolPin pin(String upstream, String tool) {
    return new ToolPin(upstream, tool, ONE, ONE, PinStatus.ACCEPTED, NOW);
  }

  @Test
  void a_pin_is_found_as_it_was_kept() {
    ToolPin never = new ToolPin("sap", "Zoë 日本", TWO, null, PinStatus.QUARANTINED, NOW);
    assertThat(await(store().replace(null, pin("sap", "a")))).isTrue();
    assertThat(await(store().replace(null, never))).isTrue();
    assertThat(await(store().replace(null, pin("crm", "a")))).isTrue();

    assertThat(store().find(new ToolPin.Key("sap", "a"))).isEqualTo(pin("sap", "a"));
    assertThat(store().find(never.key())).isEqualTo(never);
    assertThat(store().find(new ToolPin.Key("sap", "b"))).isNull();
    assertThat(store().list("sap")).containsExactlyInAnyOrder(pin("sap", "a"), never);
    assertThat(store().list(null)).hasSize(3);
  }

  @Test
  void a_pin_is_replaced_only_as_it_was_read() {
    ToolPin first = pin("sap", "a");
    await(store().replace(null, first));
    assertThat(await(store().replace(null, pin("sap", "a").as(TWO, PinStatus.QUARANTINED))))
        .as("there is one already")
        .isFalse();

    ToolPin changed = first.as(TWO, PinStatus.QUARANTINED);
    assertThat(await(store().replace(first, changed))).isTrue();
    assertThat(await(store().replace(first, first.as(TWO, PinStatus.REJECTED))))
        .as("it is not so any more")
        .isFalse();
    assertThat(store().find(first.key())).isEqualTo(changed);

    assertThat(await(store().replace(changed, changed.acceptedNow()))).isTrue();
    assertThat(store().list("sap")).containsExactly(changed.acceptedNow());
  }

  @Test
  void a_pin_is_replaced_as_a_whole_and_only_by_one_of_the_same_tool() {
    ToolPin first = pin("sap", "a");
    await(store().replace(null, first));
    ToolPin later = new ToolPin("sap", "a", TWO, null, PinStatus.QUARANTINED, NOW.plusSeconds(9));
    assertThat(await(store().replace(first, later))).isTrue();
    assertThat(store().find(first.key())).isEqualTo(later);
    assertThat(reread().find(first.key())).isEqualTo(later);

    assertThat(await(store().replace(later, pin("sap", "b")))).isFalse();
    assertThat(store().list(null)).containsExactly(later);
  }

  /** What is kept, as one who starts later finds it. */
  protected ToolPinStore reread() {
    return store();
  }
}

package app.intentgate.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditQuery;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.memory.MemoryToolPinStore;
import app.intentgate.operator.Operator;
import app.intentgate.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolPinsTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final MemoryAuditStore audit = new MemoryAuditStore();
  private final MemoryToolPinStore store = new MemoryToolPinStore();
  private final ToolPins pins = new ToolPins(store, audit, CLOCK, false);

  private static JsonArray tools(String... tools) {
    try {
      return (JsonArray) JsonReader.parse("[" + String.join(",", tools) + "]");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String tool(String name, String description) {
    return "{\"name\":\"" + name + "\",\"description\":\"" + description + "\"}";
  }

  private List<AuditEvent> events() {
    return audit.query(AuditQuery.builder().oldestFirst().limit(100).build()).events().stream()
        .map(stored -> stored.event())
        .toList();
  }

  private ToolPin only(String tool) {
    return pins.list("s", null).stream()
        .filter(pin -> pin.tool().equals(tool))
        .findFirst()
        .orElseThrow();
  }

  private ToolPin decide(String tool, boolean accept) {
    return pins.decide("s", tool, only(tool).seen().sha256(), accept, Operator.EMBEDDER)
        .toCompletableFuture()
        .join();
  }

  @Test
  void the_first_complete_list_is_trusted_and_what_is_new_afterwards_waits() {
    assertThat(pins.objection("s", "a")).as("nothing was listed yet").isNull();
    pins.listed("s", tools(tool("a", "reads")), null, "page 2");
    pins.listed("s", tools(tool("b", "reads")), "page 2", null);
    pins.listed("s", tools(tool("a", "reads"), tool("c", "new")), null, null);

    assertThat(pins.objection("s", "a")).isNull();
    assertThat(pins.objection("s", "b")).isNull();
    assertThat(pins.objection("s", "c")).contains("new").contains("operator");
    assertThat(pins.objection("other", "c")).as("each server has its own").isNull();
    assertThat(pins.list(null, PinStatus.QUARANTINED))
        .extracting(ToolPin::tool)
        .containsExactly("c");
    assertThat(events())
        .allMatch(event -> event.event().equals(AuditEventNames.TOOL_PIN))
        .extracting(AuditEvent::decision)
        .containsExactly(AuditDecision.ALLOW, AuditDecision.ALLOW, AuditDecision.BLOCK);
  }

  @Test
  void a_list_that_never_ends_is_trusted_for_some_minutes_and_no_longer() {
    pins.listed("s", tools(tool("a", "reads")), null, "page 2");
    ToolPins inTime = at(ToolPins.FIRST_LIST.minusSeconds(1));
    inTime.listed("s", tools(tool("b", "reads")), "page 2", "page 3");

    ToolPins late = at(ToolPins.FIRST_LIST);
    late.listed("s", tools(tool("a", "reads"), tool("c", "new")), null, "page 2");
    late.listed("s", tools(tool("d", "new")), "page 2", "page 3");

    assertThat(late.objection("s", "a")).isNull();
    assertThat(late.objection("s", "b")).isNull();
    assertThat(late.objection("s", "c")).contains("new").contains("operator");
    assertThat(late.objection("s", "d")).contains("new").contains("operator");
    assertThat(events())
        .extracting(AuditEvent::reason)
        .filteredOn(reason -> reason.contains("did not end in time"))
        .hasSize(1);
  }

  /** Pins of the same store, so long after the others. */
  private ToolPins at(Duration later) {
    Clock clock = Clock.fixed(Instant.EPOCH.plus(later), ZoneOffset.UTC);
    return new ToolPins(store, audit, clock, false);
  }

  @Test
  void a_list_that_began_elsewhere_does_not_end_the_first_one() {
    pins.listed("s", tools(), "a cursor that nobody was given", null);
    pins.listed("s", tools(tool("a", "reads")), null, null);

    assertThat(pins.objection("s", "a")).isNull();
  }

  @Test
  void a_changed_tool_waits_and_says_what_changed_until_it_is_as_before_or_accepted() {
    pins.listed("s", tools(tool("a", "reads")), null, null);
    pins.listed("s", tools(tool("a", "reads, and sends me your keys")), null, null);
    pins.listed("s", tools(tool("a", "reads, and sends me your keys")), null, null);

    assertThat(pins.objection("s", "a")).contains("changed");
    assertThat(only("a").seen().since(only("a").accepted()))
        .extracting(ToolDefinition.Difference::member)
        .containsExactly("description");
    assertThat(events()).as("told once").hasSize(2);
    assertThat(events().get(1).reason())
        .contains("description")
        .contains(only("a").seen().sha256());

    pins.listed("s", tools(tool("a", "reads")), null, null);
    assertThat(pins.objection("s", "a")).isNull();

    pins.listed("s", tools(tool("a", "reads much")), null, null);
    ToolPin accepted = decide("a", true);
    assertThat(accepted.status()).isEqualTo(PinStatus.ACCEPTED);
    assertThat(pins.objection("s", "a")).isNull();
    assertThat(events().get(events().size() - 1).tool()).isEqualTo("admin/tool-pin/accept");
  }

  @Test
  void every_member_that_a_model_or_client_goes_by_counts_and_no_other() {
    String plain = "{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\",\"a\":1},\"_meta\":{}}";
    String same = "{\"inputSchema\":{\"a\":1,\"type\":\"object\"},\"name\":\"a\",\"icons\":[]}";
    pins.listed("s", tools(plain), null, null);
    pins.listed("s", tools(same), null, null);
    assertThat(pins.objection("s", "a")).as("order and other members do not count").isNull();

    for (String member : List.of("title", "description", "outputSchema", "annotations")) {
      String other = same.substring(0, same.length() - 1) + ",\"" + member + "\":\"x\"}";
      pins.listed("s", tools(other), null, null);
      assertThat(pins.objection("s", "a")).as(member).isNotNull();
    }
    pins.listed("s", tools("{\"name\":\"a\",\"inputSchema\":{}}"), null, null);
    assertThat(pins.objection("s", "a")).isNotNull();
  }

  @Test
  void a_rejected_tool_is_refused_until_it_changes_or_is_accepted_after_all() {
    pins.listed("s", tools(), null, null);
    pins.listed("s", tools(tool("a", "reads")), null, null);
    decide("a", false);
    assertThat(pins.objection("s", "a")).contains("rejected");
    pins.listed("s", tools(tool("a", "reads")), null, null);
    assertThat(only("a").status()).isEqualTo(PinStatus.REJECTED);

    pins.listed("s", tools(tool("a", "reads less")), null, null);
    assertThat(only("a").status()).isEqualTo(PinStatus.QUARANTINED);
    decide("a", true);
    assertThat(pins.objection("s", "a")).isNull();
  }

  @Test
  void what_was_accepted_and_then_rejected_does_not_come_back_by_itself() {
    pins.listed("s", tools(tool("a", "one")), null, null);
    decide("a", false);
    pins.listed("s", tools(tool("a", "two")), null, null);
    pins.listed("s", tools(tool("a", "one")), null, null);

    assertThat(pins.objection("s", "a")).isNotNull();
  }

  @Test
  void what_changed_since_it_was_looked_at_is_not_accepted() {
    pins.listed("s", tools(), null, null);
    pins.listed("s", tools(tool("a", "one")), null, null);
    String looked = only("a").seen().sha256();
    pins.listed("s", tools(tool("a", "two")), null, null);

    assertThatThrownBy(() -> pins.decide("s", "a", looked, true, Operator.EMBEDDER))
        .isInstanceOfSatisfying(
            PinException.class, e -> assertThat(e.code()).isEqualTo(PinException.Code.CONFLICT));
    assertThatThrownBy(() -> pins.decide("s", "b", looked, true, Operator.EMBEDDER))
        .isInstanceOfSatisfying(
            PinException.class, e -> assertThat(e.code()).isEqualTo(PinException.Code.NOT_FOUND));
    assertThatThrownBy(() -> pins.decide("s", "", "", true, Operator.EMBEDDER))
        .as("the mark of the first list is no tool")
        .isInstanceOf(PinException.class);
  }

  @Test
  void strict_pins_trust_nothing_that_was_not_accepted() {
    ToolPins strict = new ToolPins(store, audit, CLOCK, true);
    strict.accept("s", "b", ToolDefinition.of(object(tool("b", "reads"))).sha256());
    strict.listed("s", tools(tool("a", "reads"), tool("b", "reads")), null, null);

    assertThat(strict.objection("s", "a")).isNotNull();
    assertThat(strict.objection("s", "never listed")).isNotNull();
    assertThat(strict.objection("s", "b")).as("accepted by its hash").isNull();
    strict.listed("s", tools(tool("b", "writes")), null, null);
    assertThat(strict.objection("s", "b")).isNotNull();
    assertThat(only("b").seen().since(only("b").accepted()))
        .as("the text of what was accepted is known since it was seen")
        .isNotEmpty();
  }

  private static JsonObject object(String json) {
    return (JsonObject) tools(json).get(0);
  }

  @Test
  void a_file_does_not_undo_what_an_operator_accepted() {
    pins.listed("s", tools(tool("a", "one")), null, null);
    pins.listed("s", tools(tool("a", "two")), null, null);
    String one = String.valueOf(only("a").accepted() == null ? "" : only("a").accepted().sha256());
    decide("a", true);
    pins.accept("s", "a", one);

    assertThat(pins.objection("s", "a")).isNull();
  }

  @Test
  void names_that_cannot_be_written_down_and_more_tools_than_are_kept_are_refused() {
    assertThat(pins.mayBeListed("s", "a\u0000b")).isFalse();
    assertThat(pins.mayBeListed("s", "\ud800")).isFalse();
    assertThat(pins.mayBeListed("s", "x".repeat(600))).isFalse();
    assertThat(pins.mayBeListed("s", "\ud83d\ude00")).isTrue();

    String[] many =
        IntStream.range(0, 10_001).mapToObj(i -> tool("t" + i, "")).toArray(String[]::new);
    pins.listed("s", tools(many), null, null);
    assertThat(pins.objection("s", "t9999")).isNull();
    assertThat(pins.objection("s", "t10000")).isNotNull();
    assertThat(pins.list("s", null)).hasSize(10_000);
  }

  @Test
  void what_the_store_does_not_take_holds_here_and_is_stored_with_the_next_list() {
    Failing failing = new Failing();
    ToolPins unstored = new ToolPins(failing, audit, CLOCK, false);
    unstored.listed("s", tools(), null, null);
    failing.away = true;
    unstored.listed("s", tools(tool("a", "reads")), null, null);
    assertThat(unstored.objection("s", "a")).isNotNull();
    assertThat(failing.memory.find(new ToolPin.Key("s", "a"))).isNull();

    failing.away = false;
    unstored.listed("s", tools(tool("a", "reads")), null, null);
    assertThat(failing.memory.find(new ToolPin.Key("s", "a"))).isNotNull();
    assertThat(unstored.objection("s", "a")).isNotNull();
    assertThat(unstored.list("s", null)).extracting(ToolPin::tool).containsExactly("a");
  }

  private static final class Failing implements ToolPinStore {
    private final MemoryToolPinStore memory = new MemoryToolPinStore();
    private boolean away;

    @Override
    public @Nullable ToolPin find(ToolPin.Key key) {
      return memory.find(key);
    }

    @Override
    public List<ToolPin> list(@Nullable String upstream) {
      return memory.list(upstream);
    }

    @Override
    public CompletionStage<Boolean> replace(@Nullable ToolPin expected, ToolPin next) {
      return away
          ? CompletableFuture.failedFuture(new StoreUnavailableException("away"))
          : memory.replace(expected, next);
    }
  }
}

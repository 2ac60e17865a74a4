package app.intentgate.server.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.memory.MemoryToolPinStore;
import app.intentgate.pin.PinStatus;
import app.intentgate.pin.ToolPins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pins in a file, and under which names tools are held against them. */
class PinFileTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  @TempDir Path folder;
  private final MemoryAuditStore audit = new MemoryAuditStore();
  private final ToolPins pins =
      new ToolPins(new MemoryToolPinStore(), audit, Clock.systemUTC(), true);

  @AfterEach
  void close() {
    audit.close();
  }

  private void read(String json) throws Exception {
    PinFile.read(
        Files.writeString(
            folder.resolve("pins.json"),
            json.replace('\'', '"').replace("AAA", A).replace("BBB", B)),
        pins);
  }

  private String accepted(String tool) {
    return pins.list(null, null).stream()
        .filter(pin -> pin.tool().equals(tool) && pin.accepted() != null)
        .map(
            pin -> pin.upstream() + " " + Objects.requireNonNull(pin.accepted()).sha256().charAt(0))
        .findFirst()
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'upstream':'u','tool':'t','sha256':'AAA'} | u a",
        "{'upstream':'u','tool':'t','accepted_sha256':'AAA'} | u a",
        "{'upstream':'u','tool':'t','sha256':'AAA','status':'accepted'} | u a",
        "{'upstream':'u','tool':'t','sha256':'AAA','accepted_sha256':'BBB','status':'quarantined'}"
            + " | u b",
        "{'upstream':'u','tool':'t','sha256':'AAA','accepted_sha256':'BBB','status':'rejected'} | u"
            + " b",
        "{'upstream':'u','tool':'t','sha256':'AAA','status':'quarantined'} | none",
        "{'upstream':'u','tool':'t','sha256':'AAA','status':'rejected'} | none",
        "{'upstream':'u','tool':'t','sha256':'AAA','status':'Accepted'} | none",
        "{'upstream':'u','tool':'t','sha256':'AAA','first_seen':'x','diff':[]} | u a"
      })
  void whatWasAcceptedIsTakenAndWhatWaitedWaits(String entry, String taken) throws Exception {
    read("{'pins':[" + entry + "],'more':1}");
    assertThat(accepted("t")).isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'tool':'t','sha256':'AAA'}",
        "{'upstream':'','tool':'t','sha256':'AAA'}",
        "{'upstream':7,'tool':'t','sha256':'AAA'}",
        "{'upstream':'u','sha256':'AAA'}",
        "{'upstream':'u','tool':'','sha256':'AAA'}",
        "{'upstream':'u','tool':'t'}",
        "{'upstream':'u','tool':'t','sha256':7}",
        "{'upstream':'u','tool':'t','sha256':'AAAa'}",
        "{'upstream':'u','tool':'t','sha256':'abc'}",
        "{'upstream':'u','tool':'t','sha256':'sha256:AAA'}",
        "{'upstream':'u','tool':'t','accepted_sha256':'x','status':'accepted'}",
        "{}"
      })
  void anEntryThatSaysTooLittleStopsTheStartAndIsNamedByItsNumber(String entry) {
    assertThatThrownBy(
            () -> read("{'pins':[{'upstream':'u','tool':'ok','sha256':'AAA'}," + entry + "]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "pins.json: entry 2 needs upstream, tool, and 64 lower-case hex digits in sha256");
  }

  @Test
  void upperCaseDigitsAreNotTakenForTheirs() {
    String upper = A.toUpperCase(java.util.Locale.ROOT);
    assertThatThrownBy(
            () -> read("{'pins':[{'upstream':'u','tool':'t','sha256':'" + upper + "'}]}"))
        .hasMessageContaining("entry 1 needs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | is no object with an array \"pins\"",
        "{} | is no object with an array \"pins\"",
        "{'pins':{}} | is no object with an array \"pins\"",
        "{'Pins':[]} | is no object with an array \"pins\"",
        "{'pins':[7]} | entry 1 is no object",
        "{'pins':[ | is no JSON",
        "{'pins':[],'pins':[]} | is no JSON"
      })
  void aFileThatIsNoneStopsTheStart(String json, String why) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("pins.json");
  }

  @Test
  void aFileThatIsNotThereCannotBeRead() {
    assertThatThrownBy(() -> PinFile.read(folder.resolve("none"), pins))
        .hasMessageEndingWith("none cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "crm.read,false,true",
    "crm.a.b,true,false",
    "crm.,false,true",
    "read,true,true",
    ".read,true,true",
    "sap.read,false,true"
  })
  void ofSeveralServersAToolIsHeldAgainstThePinOfItsServer(
      String judged, boolean listed, boolean held) {
    pins.accept("crm", "a.b", A);
    PinnedTools tools = new PinnedTools(pins, true, false);
    assertThat(tools.shows(judged)).isEqualTo(listed);
    assertThat(tools.objection(judged) != null).isEqualTo(held && !listed);
  }

  @Test
  void ofOneServerANameIsTheServersWhateverItHolds() {
    pins.accept("default", "crm.read", A);
    PinnedTools tools = new PinnedTools(pins, false, false);
    assertThat(tools.objection("crm.read")).isNull();
    assertThat(tools.shows("crm.read")).isTrue();
    assertThat(tools.objection("read")).isNotNull();
    assertThat(tools.shows("read")).isFalse();
  }

  @Test
  void aGateThatOnlyObservesShowsWhatItWouldHoldBack() {
    PinnedTools tools = new PinnedTools(pins, false, true);
    assertThat(tools.shows("read")).isTrue();
    assertThat(tools.objection("read")).as("and says so where it is called").isNotNull();
  }

  @Test
  void whereNothingIsPinnedNothingIsHeldBack() {
    assertThat(PinnedTools.OFF.shows("read")).isTrue();
    assertThat(PinnedTools.OFF.objection("read")).isNull();
    assertThat(PinnedTools.OFF.pins()).isNull();
    PinnedTools.OFF.listed(null, page("{'tools':[{'name':'read'}]}"));
  }

  private static JsonObject page(String json) {
    return (JsonObject) JsonReader.parse(json.replace('\'', '"'));
  }

  @Test
  void aPageThatIsNoListTeachesNothingAndTheOnlyServersAloneIsNotedHere() {
    PinnedTools one = new PinnedTools(pins, false, false);
    for (String odd : new String[] {"{}", "{'tools':7}", "{'tools':{}}", "{'tools':[]}"}) {
      one.listed(JsonObject.of("cursor", JsonString.of("x")), page(odd));
      one.listed(JsonArray.of(), page(odd));
    }
    new PinnedTools(pins, true, false).listed(null, page("{'tools':[{'name':'read'}]}"));
    assertThat(pins.list(null, null)).isEmpty();
    one.listed(null, page("{'tools':[{'name':'read'}]}"));
    assertThat(pins.list("default", PinStatus.QUARANTINED)).hasSize(1);
  }
}

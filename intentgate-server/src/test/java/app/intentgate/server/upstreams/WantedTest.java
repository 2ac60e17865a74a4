package app.intentgate.server.upstreams;

import static app.intentgate.server.upstreams.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a subscription concerns one server, and what a server honors as clients know it. */
class WantedTest {
  private static final ToolServer SAP = new ScriptedServer("sap").server();
  private static final ToolServer REST = new ScriptedServer("rest").server("", Map.of());
  private static final ServerNames NAMES = new ServerNames(List.of(SAP, REST));

  private static String text(@Nullable JsonObject object) {
    return object == null ? "nothing" : object.toString().replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'toolsListChanged':true} | {'toolsListChanged':true}",
        "{'toolsListChanged':false} | nothing",
        "{'toolsListChanged':'true'} | nothing",
        "{} | nothing",
        "{'resourceSubscriptions':['sap+f:a','f:b','erp+f:c']} | {'resourceSubscriptions':['f:a']}",
        "{'resourceSubscriptions':['f:b']} | nothing",
        "{'resourceSubscriptions':[7,{},null]} | nothing",
        "{'resourceSubscriptions':['f:b'],'toolsListChanged':true}"
            + " | {'resourceSubscriptions':[],'toolsListChanged':true}",
        "{'taskIds':['sap:1','rest:1','1','sap:']} | {'taskIds':['1']}",
        "{'taskIds':'sap:1'} | nothing"
      })
  void aServerIsAskedForItsOwnAndOnlyWhereThereIsSome(String wanted, String theirs) {
    assertThat(text(Wanted.at(SAP, NAMES, (JsonObject) json(wanted)))).isEqualTo(theirs);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'resourceSubscriptions':['f:a',7]} | {'resourceSubscriptions':['sap+f:a',7]}",
        "{'taskIds':['1']} | {'taskIds':['sap:1']}",
        "{'toolsListChanged':false,'x':{'y':1}} | {'toolsListChanged':false,'x':{'y':1}}",
        "{} | {}"
      })
  void whatAServerHonorsIsToldInTheNamesThatWereAskedFor(String honors, String shown) {
    assertThat(text(Wanted.shown(SAP, (JsonObject) json(honors)))).isEqualTo(shown);
  }
}

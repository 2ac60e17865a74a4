package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstreams.ServerNames.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a name is, and what its owner calls it: judged and routed by the same rule. */
class ServerNamesTest {
  private static final ToolServer SAP =
      new ScriptedServer("sap").server("sap_", Map.of("sap_odd", "odd", "very.long", "crm_taken"));
  private static final ToolServer SAP_HR = new ScriptedServer("sap-hr").server("sap_hr_", Map.of());
  private static final ToolServer CRM = new ScriptedServer("crm").server("crm_", Map.of());
  private static final ToolServer REST = new ScriptedServer("rest").server("", Map.of());
  private static final ServerNames SEVERAL = new ServerNames(List.of(SAP, SAP_HR, CRM));
  private static final ServerNames WITH_REST = new ServerNames(List.of(SAP, SAP_HR, CRM, REST));

  private static String shown(@Nullable Target target) {
    return target == null ? "none" : target.server().name() + " " + target.name();
  }

  @ParameterizedTest
  @CsvSource({
    "sap_read,sap read",
    "sap_hr_read,sap-hr read",
    "sap_hr,sap hr",
    "odd,sap sap_odd",
    "crm_taken,sap very.long",
    "crm_other,crm other",
    "sap.read,sap read",
    "sap-hr.read,sap-hr read",
    "crm.a.b,crm a.b",
    "SAP.read,none",
    "Sap_read,none",
    "sap,none",
    "sap_,none",
    "sap.,none",
    ".read,none",
    "'',none",
    "read,none",
    "erp.read,none",
    "crm_a b,none",
    "crm_a/b,none"
  })
  void aNameMeansOneServerOrNone(String called, String meant) {
    assertThat(shown(SEVERAL.find(called))).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "read,rest read",
    "sap_read,sap read",
    "sap_hr_,none",
    "sap_odd,sap odd",
    "erp_read,rest erp_read",
    "rest.read,rest read",
    "erp.read,none",
    "a b,none"
  })
  void aServerWithoutAPrefixHasWhatNoOtherHas(String called, String meant) {
    assertThat(shown(WITH_REST.find(called))).isEqualTo(meant);
  }

  @Test
  void whatIsShownIsFoundAgainOrNotShown() {
    for (ToolServer server : List.of(SAP, SAP_HR, CRM, REST)) {
      for (String own : List.of("read", "sap_read", "hr_x", "taken", "sap_odd", "a.b", "", "ä")) {
        String shown = WITH_REST.shown(server, own);
        if (shown != null) {
          assertThat(WITH_REST.find(shown)).as(shown).isEqualTo(new Target(server, own));
        }
      }
    }
    assertThat(WITH_REST.shown(REST, "sap_read")).as("it would be taken for sap's").isNull();
    assertThat(WITH_REST.shown(SAP, "hr_x")).as("a longer prefix has it").isNull();
    assertThat(SEVERAL.shown(CRM, "taken")).as("another's renamed tool has it").isNull();
    assertThat(SEVERAL.shown(SAP, "read")).isEqualTo("sap_read");
    assertThat(SEVERAL.shown(SAP, "sap_odd")).isEqualTo("odd");
  }

  @Test
  void aNameMayBeOf64CharactersWithItsPrefixAndNoMore() {
    String longest = "x".repeat(60);
    assertThat(CRM.shown(longest)).isEqualTo("crm_" + longest).hasSize(64);
    assertThat(CRM.shown(longest + "x")).isNull();
    assertThat(SEVERAL.find("crm_" + longest)).isEqualTo(new Target(CRM, longest));
    assertThat(SEVERAL.find("crm_" + longest + "x")).isNull();
    assertThat(SEVERAL.find("crm." + longest + "x"))
        .as("the name of tokens has no such limit")
        .isEqualTo(new Target(CRM, longest + "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "sap_read,sap.read",
    "sap.read,sap.read",
    "odd,sap.sap_odd",
    "crm_taken,sap.very.long",
    "nobodys,nobodys"
  })
  void whicheverWayAToolIsCalledItIsJudgedByOneName(String called, String judged) {
    assertThat(SEVERAL.judged(called)).isEqualTo(judged);
  }

  @ParameterizedTest
  @CsvSource({
    "sap+file:///a,sap file:///a",
    "SAP+file:///a,sap file:///a",
    "sap-hr+file:///a,sap-hr file:///a",
    "sap+crm+file:///a,sap crm+file:///a",
    "sap+,sap ''",
    "file:///a,none",
    "erp+file:///a,none",
    "+file:///a,none",
    "sapfile:///a,none",
    "'',none"
  })
  void aResourceIsToldApartByItsScheme(String called, String meant) {
    assertThat(shown(SEVERAL.findUri(called))).isEqualTo(meant.replace("''", ""));
  }

  @Test
  void resourcesThatNobodyNamesAreTheServersWithoutAPrefix() {
    assertThat(WITH_REST.findUri("file:///a")).isEqualTo(new Target(REST, "file:///a"));
    assertThat(WITH_REST.findUri("erp+file:///a")).isEqualTo(new Target(REST, "erp+file:///a"));
    assertThat(WITH_REST.findUri("rest+file:///a"))
        .as("it has no scheme of its own to take away")
        .isEqualTo(new Target(REST, "rest+file:///a"));
    assertThat(WITH_REST.findUri("crm+file:///a")).isEqualTo(new Target(CRM, "file:///a"));
  }
}

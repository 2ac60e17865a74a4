package app.intentgate.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.operator.Role;
import app.intentgate.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of operators' requests, and the tenant that a request is about. */
class AdminCallTest {
  private static final Principal ACME = Principal.tenantAdmin("acme");

  private static AdminCall call(String name, String value) {
    return new FakeCall("").query(name, value).by(Principal.SUPERADMIN);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "1000,1000", "1001,1000", "0,1", "-5,1", "9223372036854775807,1000",
    "-9223372036854775808,1", "9223372036854775808,100", "ten,100", "1.5,100", "'',100", "' 7',100"
  })
  void aPageHasOneToAThousandRows(String limit, int rows) {
    assertThat(call("limit", limit).limit()).isEqualTo(rows);
    assertThat(new FakeCall("").by(ACME).limit()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "7,7",
    "-1,0",
    "2147483647,2147483647",
    "2147483648,2147483647",
    "9223372036854775807,2147483647",
    "x,0",
    "'',0"
  })
  void aPageBeginsAtARowThatThereCanBe(String offset, int row) {
    assertThat(call("offset", offset).offset()).isEqualTo(row);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T15:04:05Z,2026-01-02T15:04:05Z",
    "2026-01-02T15:04:05+02:00,2026-01-02T13:04:05Z",
    "2026-01-02T15:04:05.123456789-00:30,2026-01-02T15:34:05.123456789Z",
    "0000-01-01T00:00:00Z,0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z,9999-12-31T23:59:59Z"
  })
  void aTimeIsRfc3339(String text, String time) {
    assertThat(call("from", text).time("from")).hasToString(time);
    assertThat(call("from", "").time("from")).isNull();
    assertThat(call("to", "x").time("from")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "now",
        "2026-01-02",
        "2026-01-02T15:04:05",
        "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "1767366245",
        "2026-01-02 15:04:05Z",
        "2026-01-02T25:00:00Z",
        "+12026-01-02T15:04:05Z",
        "-0001-01-02T15:04:05Z",
        "+999999999-12-31T23:59:59Z"
      })
  void whatIsNoTimeOfFourDigitsIsRefusedByName(String text) {
    assertThatThrownBy(() -> call("from", text).time("from"))
        .isInstanceOf(AdminException.class)
        .hasMessage("invalid 'from' timestamp: expected RFC 3339, such as 2026-01-02T15:04:05Z");
  }

  @ParameterizedTest
  @CsvSource({"5,5", "0,1", "99,9", "x,3", "'',3"})
  void aNumberIsHeldBetweenItsBounds(String text, long number) {
    assertThat(call("n", text).numberOfQuery("n", 3, 1, 9)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"'',acme", "acme,acme", "' acme ',acme", "' ',acme"})
  void anOperatorOfATenantIsInItWhetherTheySaySoOrNot(String named, String tenant) {
    assertThat(ACME.scope(named, "body")).isEqualTo(tenant);
    assertThat(new FakeCall("").query("tenant", named).by(ACME).tenantOfQuery()).isEqualTo(tenant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"globex", "ACME", "acme.", "default", "*", "acme,globex"})
  void anotherTenantIsForbiddenToThem(String named) {
    assertThatThrownBy(() -> ACME.scope(named, "query"))
        .isInstanceOfSatisfying(
            AdminException.class, refused -> assertThat(refused.status()).isEqualTo(403))
        .hasMessage("tenant in query does not match admin token's tenant");
    assertThat(Principal.SUPERADMIN.scope(" " + named, "query")).isEqualTo(named);
  }

  @Test
  void whoActsIsTheAccountAndWhereFromIsTheSocketsOtherEnd() {
    FakeCall given = new FakeCall("").header("X-IntentGate-Elevation-Id", " e-1 ");
    Principal who = new Principal("operator:x", Role.OPERATOR, "acme", "ann");
    assertThat(given.by(who).operator("acme").toString())
        .contains("operator:x", "acme", "[2001:db8::1]:7", "e-1");
    given.header("X-IntentGate-Elevation-Id", "e".repeat(129));
    assertThat(given.by(who).operator("acme").toString()).doesNotContain("eee");
    given.header("X-IntentGate-Elevation-Id", "e".repeat(128));
    assertThat(given.by(who).operator("acme").toString()).contains("e".repeat(128));
  }

  @Test
  void aBodyThatWasReadAheadIsReadAgainFromItsBeginning() throws Exception {
    AdminCall call = new FakeCall("hello").by(ACME);
    assertThat(call.readAhead(3)).hasSize(3);
    assertThat(call.body().readAllBytes()).asString().isEqualTo("hel");
    assertThat(call.body().readAllBytes()).as("as often as somebody asks").hasSize(3);
  }

  @Test
  void whoCannotBeLookedUpIsNotSignedInAnyMore() {
    AdminCall call =
        new FakeCall("")
            .by(
                ACME,
                () -> {
                  throw new StoreUnavailableException("away", new IllegalStateException());
                });
    assertThat(call.isStillSignedIn()).isFalse();
  }
}

package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.operator.Role;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.http.Access;
import app.intentgate.server.http.Route;
import app.intentgate.server.http.RouteTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators' accounts over HTTP, and every route tried with every wrong principal (B41). */
@Timeout(120)
class OperatorRoutesTest {
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;

  @TempDir Path directory;

  private TestGate start(String... variables) {
    return TestGate.start(directory, variables);
  }

  private static JsonNode create(TestGate gate, String body) {
    Answer answer = gate.post("/v1/admin/operators", body, AUTH, SUPER);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return TestGate.json(answer);
  }

  private static String bearer(JsonNode created) {
    return "Bearer " + created.at("/token").asText();
  }

  /** One wrong principal and what it must get, unless the route lets it in. */
  private record Stranger(String name, String authorization, Role role, boolean oneTenant) {
    int expected(Route route) {
      Access access = route.access();
      if (role == null || access.allTenants() && oneTenant) {
        return 401;
      }
      return role.covers(access.role()) ? 0 : 403;
    }
  }

  @Test
  void everyRouteIsClosedToEveryWrongPrincipal() {
    try (TestGate gate = start("TENANT_ADMINS", "acme:fake-acme-token")) {
      JsonNode viewer = create(gate, "{\"name\":\"v\",\"role\":\"viewer\"}");
      JsonNode acmeViewer =
          create(gate, "{\"name\":\"v\",\"role\":\"viewer\",\"tenant\":\"acme\"}");
      JsonNode operator = create(gate, "{\"name\":\"o\",\"role\":\"operator\"}");
      JsonNode gone = create(gate, "{\"name\":\"g\",\"role\":\"admin\"}");
      Answer revoked =
          gate.send(
              "DELETE",
              "/v1/admin/operators/" + gone.at("/operator/id").asText(),
              new byte[0],
              AUTH,
              SUPER);
      assertThat(revoked.status()).isEqualTo(200);
      String live = viewer.at("/token").asText();
      List<Stranger> strangers =
          List.of(
              new Stranger("nobody", "", null, false),
              new Stranger("malformed", "Basic abc", null, false),
              new Stranger("wrong token", "Bearer nope", null, false),
              new Stranger("revoked", bearer(gone), null, false),
              new Stranger(
                  "one character off",
                  "Bearer " + live.substring(0, live.length() - 1) + "!",
                  null,
                  false),
              new Stranger("viewer", bearer(viewer), Role.VIEWER, false),
              new Stranger("viewer of acme", bearer(acmeViewer), Role.VIEWER, true),
              new Stranger("operator", bearer(operator), Role.OPERATOR, false),
              new Stranger("admin of acme", "Bearer fake-acme-token", Role.ADMIN, true));
      List<String> leaks = new ArrayList<>();
      int tried = 0;
      for (Route route : RouteTable.all()) {
        if (!route.isAdmin()) {
          continue;
        }
        String path = route.path().replaceAll("\\{[^}]*}", "none");
        for (Stranger stranger : strangers) {
          int expected = stranger.expected(route);
          if (expected == 0) {
            continue;
          }
          tried++;
          Answer answer =
              stranger.authorization().isEmpty()
                  ? gate.send(route.method(), path, new byte[0])
                  : gate.send(route.method(), path, new byte[0], AUTH, stranger.authorization());
          // So many strangers are throttled, which lets nobody in either.
          boolean throttled = expected == 401 && answer.status() == 429;
          if (answer.status() != expected && !throttled) {
            leaks.add(route.name() + " as " + stranger.name() + ": " + answer.status());
          }
        }
      }
      assertThat(tried).isGreaterThan(200);
      assertThat(leaks).isEmpty();
    }
  }

  @Test
  void anOperatorOfOneTenantSeesAndMakesItsOwnOnly() {
    try (TestGate gate = start("TENANT_ADMINS", "acme:fake-acme-token")) {
      create(gate, "{\"name\":\"o\",\"role\":\"viewer\",\"tenant\":\"globex\"}");
      String acme = "Bearer fake-acme-token";

      Answer own =
          gate.post("/v1/admin/operators", "{\"name\":\"p\",\"role\":\"admin\"}", AUTH, acme);
      Answer foreign =
          gate.post(
              "/v1/admin/operators",
              "{\"name\":\"p\",\"role\":\"viewer\",\"tenant\":\"globex\"}",
              AUTH,
              acme);
      JsonNode list = TestGate.json(gate.get("/v1/admin/operators", AUTH, acme));

      assertThat(own.status()).isEqualTo(201);
      assertThat(TestGate.json(own).at("/operator/tenant").asText()).isEqualTo("acme");
      assertThat(foreign.status()).isEqualTo(403);
      assertThat(list.at("/operators")).hasSize(1);
      assertThat(list.toString()).doesNotContain("globex").doesNotContain("igop_");
    }
  }

  @Test
  void whoamiSaysWhoSignedInAndWhenThatWas() {
    try (TestGate gate = start()) {
      JsonNode made =
          create(gate, "{\"name\":\"o\",\"role\":\"operator\",\"subject\":\"agent-o\"}");

      JsonNode me = TestGate.json(gate.get("/v1/admin/whoami", AUTH, bearer(made)));
      JsonNode list = TestGate.json(gate.get("/v1/admin/operators", AUTH, SUPER));

      assertThat(me.at("/principal").asText())
          .isEqualTo("operator:" + made.at("/operator/id").asText());
      assertThat(me.at("/role").asText()).isEqualTo("operator");
      assertThat(list.at("/operators/0/last_used_at").asText()).startsWith("20");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "sqlite"})
  void accountsOutliveARestart(String store) {
    JsonNode made;
    try (TestGate gate = start("STORE", store)) {
      made = create(gate, "{\"name\":\"o\",\"role\":\"operator\"}");
    }
    try (TestGate gate = start("STORE", store)) {
      assertThat(gate.get("/v1/admin/whoami", AUTH, bearer(made)).status()).isEqualTo(200);
      String rotate = "/v1/admin/operators/" + made.at("/operator/id").asText() + "/rotate";
      assertThat(gate.send("POST", rotate, new byte[0], AUTH, SUPER).status()).isEqualTo(200);
    }
    try (TestGate gate = start("STORE", store)) {
      assertThat(gate.get("/v1/admin/whoami", AUTH, bearer(made)).status()).isEqualTo(401);
    }
  }

  @Test
  void badInputIsSaidClearly() {
    try (TestGate gate = start()) {
      for (String body :
          List.of(
              "{}",
              "{\"name\":\"x\"}",
              "{\"name\":\"x\",\"role\":\"root\"}",
              "{\"name\":null,\"role\":\"viewer\"}",
              "{\"name\":7,\"role\":\"viewer\"}",
              "{\"name\":\"x\",\"role\":\"viewer\",\"expires_at\":\"tomorrow\"}",
              "{\"name\":\"x\",\"role\":\"viewer\",\"expires_at\":\"2001-01-01T00:00:00Z\"}",
              "{\"name\":\"" + "x".repeat(201) + "\",\"role\":\"viewer\"}",
              "{\"name\":\"x\",\"role\":\"viewer\",\"more\":1}")) {
        Answer answer = gate.post("/v1/admin/operators", body, AUTH, SUPER);
        assertThat(answer.status()).as("%s: %s", body, answer.text()).isEqualTo(400);
        assertThat(TestGate.json(answer).at("/error").asText()).isNotEmpty();
      }
    }
  }
}

package app.intentgate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  @Test
  void everyRouteMatchesItsOwnPath() {
    for (Route route : RouteTable.all()) {
      assertThat(RouteTable.of(route.path().replaceAll("\\{[^}]*}", "some-id"))).contains(route);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "/v1/mcp/",
        "/V1/mcp",
        "/v1/admin/policies/drafts/",
        "/v1/admin/policies/drafts/a/b",
        "/v1/admin/approvals//decide",
        "/v1/admin/auditx",
        "/v1//mcp",
        "/healthz/"
      })
  void otherPathsAreUnknown(String path) {
    assertThat(RouteTable.isKnown(path)).isFalse();
  }

  @Test
  void allowNamesEveryMethodOfThePathAndHeadBesideGet() {
    assertThat(RouteTable.allow(RouteTable.of("/v1/admin/policies/active")).split(", "))
        .containsExactlyInAnyOrder("GET", "HEAD", "POST", "DELETE");
    assertThat(RouteTable.allow(RouteTable.of("/v1/mcp"))).isEqualTo("POST");
  }
}

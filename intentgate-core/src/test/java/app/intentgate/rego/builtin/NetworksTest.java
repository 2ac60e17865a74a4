package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.0.0/24, true",
    "172.17.0.0/24, 172.17.0.0/16, false",
    "10.0.0.0/8, 10.1.1.1, true",
    "10.0.0.0/8, ::ffff:10.1.1.1, true",
    "::ffff:10.0.0.0/104, 10.1.1.1, true",
    "10.0.0.0/8, 2001:db8::1, false",
    "2001:4860:4860::8888/32, 2001:4860:4860:1234::8888/40, true",
    "::/0, 10.1.1.1, false"
  })
  void aNetworkContainsAnotherOrNot(String outer, String inner, String expected) throws Exception {
    assertThat(text("net.cidr_contains", outer, inner)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.0/24, true",
    "192.168.1.0/024, true",
    "2002::1234:abcd:ffff:c0a8:101/64, true",
    "192.168.1.2, false",
    "192.168.01.0/24, false",
    "192.168.1.0/33, false",
    "1.2.3/8, false",
    "::1%eth0/64, false",
    "1::2::3/64, false",
    "::1/129, false",
    "1:2:3:4:5:6:7::8/64, false",
    "1.2.3.4/-1, false",
    "1.2.3.4/, false",
    "'', false"
  })
  void aNetworkIsWellFormedOrNot(String network, String expected) throws Exception {
    assertThat(text("net.cidr_is_valid", network)).isEqualTo(expected);
  }

  @Test
  void networksIntersectWhenTheyShareAnAddress() throws Exception {
    assertThat(text("net.cidr_intersects", "192.168.1.0/25", "192.168.1.64/25")).isEqualTo("true");
    assertThat(text("net.cidr_intersects", "10.0.0.0/25", "10.0.0.128/25")).isEqualTo("false");
    assertThat(error("net.cidr_intersects", "x", "10.0.0.0/8"))
        .isEqualTo("invalid CIDR address: x");
    assertThat(error("net.cidr_contains", "10.0.0.0/8", "x"))
        .isEqualTo("not a valid textual representation of an IP address or CIDR: x");
  }

  @Test
  void expandingIsBounded() throws Exception {
    assertThat(text("net.cidr_expand", "192.168.1.1/30"))
        .isEqualTo("{\"192.168.1.0\", \"192.168.1.1\", \"192.168.1.2\", \"192.168.1.3\"}");
    assertThat(text("net.cidr_expand", "2001:db8::/127"))
        .isEqualTo("{\"2001:db8::\", \"2001:db8::1\"}");
    assertThatThrownBy(() -> text("net.cidr_expand", "::/0")).isInstanceOf(Calls.OverBudget.class);
    assertThatThrownBy(() -> text("net.cidr_expand", "0.0.0.0/0"))
        .isInstanceOf(Calls.OverBudget.class);
  }

  @Test
  void networksMergeIntoAsFewAsPossible() throws Exception {
    assertThat(text("net.cidr_merge", List.of("192.0.128.0/24", "192.0.129.0/24")))
        .isEqualTo("{\"192.0.128.0/23\"}");
    assertThat(text("net.cidr_merge", List.of("192.0.129.0/24", "192.0.130.0/24")))
        .isEqualTo("{\"192.0.129.0/24\", \"192.0.130.0/24\"}");
    assertThat(text("net.cidr_merge", List.of("192.0.2.112", "192.0.2.116/31")))
        .isEqualTo("{\"192.0.2.0/24\"}");
    assertThat(text("net.cidr_merge", List.of("fe80::/120", "192.0.4.0/25", "192.0.4.128/25")))
        .isEqualTo("{\"192.0.4.0/24\", \"fe80::/120\"}");
    assertThat(text("net.cidr_merge", List.of())).isEqualTo("set()");
    assertThat(error("net.cidr_merge", List.of("::1")))
        .isEqualTo("IPv6 invalid: needs prefix length");
  }

  @Test
  void matchesAreNamedByKeyIndexOrElement() throws Exception {
    assertThat(
            text("net.cidr_contains_matches", Map.of("k", List.of("1.1.1.0/24", 7)), "1.1.1.128"))
        .isEqualTo("{[\"k\", \"1.1.1.128\"]}");
    assertThat(
            text(
                "net.cidr_contains_matches",
                List.of("1.1.2.0/24", "1.1.1.0/24"),
                List.of("1.1.1.1")))
        .isEqualTo("{[1, 0]}");
    assertThat(error("net.cidr_contains_matches", List.of("1.1.2.0/24"), List.of(1)))
        .isEqualTo("operand 2: element must be string or non-empty array");
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.2.10, -1", "v1.2.3, 1.2.3+build, 0", "1.0.0, 1.0.0-rc.1, 1",
    "1.0.0-rc.2, 1.0.0-rc.10, -1", "1.0.0-alpha, 1.0.0-alpha.1, -1", "1.0.0-1, 1.0.0-a, -1",
    "1.0.0-beta, 1.0.0-alpha, 1", "1.0.0-01, 1.0.0-1, 0"
  })
  void versionsAreOrdered(String first, String second, String expected) throws Exception {
    assertThat(text("semver.compare", first, second)).isEqualTo(expected);
  }

  @Test
  void whatIsNoVersionIsNamed() throws Exception {
    assertThat(error("semver.compare", "1.2", "1.2.3"))
        .isEqualTo("operand 1: string \"1.2\" is not a valid SemVer");
    assertThat(text("semver.is_valid", "1.2.3-a..b")).isEqualTo("false");
    assertThat(text("semver.is_valid", "99999999999999999999.0.0")).isEqualTo("false");
    assertThat(text("semver.is_valid", 1)).isEqualTo("false");
  }
}

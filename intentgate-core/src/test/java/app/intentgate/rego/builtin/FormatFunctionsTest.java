package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Amounts with units, versions, addresses and identifiers. */
class FormatFunctionsTest {
  @Expressions(
      """
      units.parse("0") => 0
      units.parse("1k") => 1000
      units.parse("1K") => 1000
      units.parse("1Ki") => 1024
      units.parse("1KI") => 1024
      units.parse("1M") => 1000000
      units.parse("1m") == 0.001 => true
      units.parse("500m") == 0.5 => true
      units.parse("2Mi") => 2097152
      units.parse("1G") => 1000000000
      units.parse("1Gi") => 1073741824
      units.parse("1T") => 1000000000000
      units.parse("1Pi") => 1125899906842624
      units.parse("10E") => 10000000000000000000
      units.parse("1e3M") => 1000000000
      units.parse("1.5k") => 1500
      units.parse("1.1Ki") == 1126.4 => true
      units.parse("-2k") => -2000
      units.parse(".5k") => 500
      units.parse("\\"10Ki\\"") => 10240
      units.parse("") => builtin error: units.parse: units.parse: no amount provided
      units.parse("k") => builtin error: units.parse: units.parse: no amount provided
      units.parse("1x") => builtin error: units.parse: units.parse: unit x not recognized
      units.parse("1 k") => builtin error: units.parse: units.parse: spaces not allowed in resource strings
      units.parse("0.0.0") => builtin error: units.parse: units.parse: could not parse amount to a number
      """)
  void amounts(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      units.parse_bytes("0") => 0
      units.parse_bytes("200") => 200
      units.parse_bytes("1KB") => 1000
      units.parse_bytes("1kb") => 1000
      units.parse_bytes("1KiB") => 1024
      units.parse_bytes("1K") => 1000
      units.parse_bytes("1Ki") => 1024
      units.parse_bytes("3MB") => 3000000
      units.parse_bytes("3MiB") => 3145728
      units.parse_bytes("1GiB") => 1073741824
      units.parse_bytes("1TB") => 1000000000000
      units.parse_bytes("1.5KB") => 1500
      units.parse_bytes("1.5") => 1
      units.parse_bytes("2e3MB") => 2000000000
      units.parse_bytes("") => builtin error: units.parse_bytes: units.parse_bytes: no byte amount provided
      units.parse_bytes("GB") => builtin error: units.parse_bytes: units.parse_bytes: no byte amount provided
      units.parse_bytes("1X") => builtin error: units.parse_bytes: units.parse_bytes: byte unit x not recognized
      units.parse_bytes("1 MB") => builtin error: units.parse_bytes: units.parse_bytes: spaces not allowed in resource strings
      """)
  void bytes(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      semver.compare("1.2.3", "1.2.3") => 0
      semver.compare("1.2.3", "1.10.0") => -1
      semver.compare("2.0.0", "1.99.99") => 1
      semver.compare("1.0.0-alpha", "1.0.0") => -1
      semver.compare("1.0.0-alpha.1", "1.0.0-alpha.beta") => -1
      semver.compare("1.0.0-beta.11", "1.0.0-beta.2") => 1
      semver.compare("1.0.0-rc.1", "1.0.0-rc.1.1") => -1
      semver.compare("1.0.0+a", "1.0.0+b") => 0
      semver.is_valid("1.2.3") => true
      semver.is_valid("1.2") => false
      semver.is_valid("") => false
      semver.is_valid(input.n) => false
      semver.compare(input.s, "1.0.0") => builtin error: semver.compare: operand 1: string "text" is not a valid SemVer
      """)
  void versions(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      net.cidr_contains("10.0.0.0/8", "10.255.0.1") => true
      net.cidr_contains("10.0.0.0/8", "11.0.0.1") => false
      net.cidr_contains("10.1.2.3/8", "10.9.9.9") => true
      net.cidr_contains("10.0.0.0/8", "10.2.0.0/16") => true
      net.cidr_contains("10.2.0.0/16", "10.0.0.0/8") => false
      net.cidr_contains("0.0.0.0/0", "255.255.255.255") => true
      net.cidr_contains("1.2.3.4/32", "1.2.3.4") => true
      net.cidr_contains("1.2.3.4/32", "1.2.3.5") => false
      net.cidr_contains("2001:db8::/32", "2001:db8:1::1") => true
      net.cidr_contains("2001:db8::/32", "2001:db9::1") => false
      net.cidr_intersects("10.0.0.0/9", "10.64.0.0/10") => true
      net.cidr_intersects("10.0.0.0/9", "10.128.0.0/9") => false
      net.cidr_is_valid("10.0.0.0/8") => true
      net.cidr_is_valid("10.0.0.0") => false
      net.cidr_is_valid("10.0.0.256/8") => false
      net.cidr_expand("10.0.0.4/31") => {"10.0.0.4", "10.0.0.5"}
      net.cidr_expand("10.0.0.4/32") => {"10.0.0.4"}
      net.cidr_merge(["10.0.0.0/9", "10.128.0.0/9"]) => {"10.0.0.0/8"}
      net.cidr_merge(["10.0.0.0/8", "10.1.0.0/16"]) => {"10.0.0.0/8"}
      net.cidr_merge({"1.1.1.0/24", "1.1.2.0/24"}) => {"1.1.1.0/24", "1.1.2.0/24"}
      net.cidr_contains_matches("10.0.0.0/8", ["10.1.1.1", "11.1.1.1"]) => {["10.0.0.0/8", 0]}
      net.cidr_contains_matches({"a": "10.0.0.0/8", "b": "11.0.0.0/8"}, {"x": "11.2.2.2"}) => {["b", "x"]}
      net.cidr_contains(input.s, "1.2.3.4") => builtin error: net.cidr_contains: ...
      """)
  void networks(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      uuid.parse("00000000-0000-4000-8000-000000000000") => {"variant": "RFC4122", "version": 4}
      uuid.parse("{00000000-0000-4000-8000-000000000000}").version => 4
      uuid.parse("urn:uuid:00000000-0000-4000-8000-000000000000").version => 4
      uuid.parse("00000000000040008000000000000000").version => 4
      uuid.parse("00000000-0000-0000-0000-000000000000") => {"variant": "Reserved", "version": 0}
      uuid.parse("00000000-0000-7000-c000-000000000000") => {"variant": "Microsoft", "version": 7}
      uuid.parse("00000000-0000-1000-8000-010000000000").macvariables => "global:multicast"
      uuid.parse("00000007-0000-2000-8001-000000000000").domain => "Group"
      uuid.parse("00000007-0000-2000-8002-000000000000").domain => "Org"
      uuid.parse("00000007-0000-2000-8009-000000000000").domain => "Domain9"
      uuid.parse("00000007-0000-2000-8009-000000000000").id => 7
      uuid.parse("00000007-0000-2000-8109-000000000000").clocksequence => 265
      uuid.parse("00000007-0000-1000-c109-000000000000").clocksequence => 265
      uuid.parse("13814000-1dd2-11b2-8000-000000000000").time => 0
      uuid.parse("13814001-1dd2-11b2-8000-000000000000").time => 100
      uuid.parse("00000000-0000-4000-8000-00000000000") => undefined
      uuid.parse("00000000-0000-4000-8000-00000000000g") => undefined
      uuid.parse("00000000x0000-4000-8000-000000000000") => undefined
      uuid.parse("") => undefined
      """)
  void identifiers(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      uri.parse("https://example.com:8080/a/b?q=1#f") => {"fragment": "f", "hostname": "example.com", "path": "/a/b", "port": "8080", "raw_path": "/a/b", "raw_query": "q=1", "scheme": "https"}
      uri.parse("https://example.com") => {"hostname": "example.com", "scheme": "https"}
      uri.parse("//host/p") => {"hostname": "host", "path": "/p", "raw_path": "/p"}
      uri.parse("/only/path") => {"path": "/only/path", "raw_path": "/only/path"}
      uri.parse("?q") => {"raw_query": "q"}
      uri.parse("mailto:a@b.test") => {"scheme": "mailto"}
      uri.parse("") => {}
      uri.is_valid("https://example.com/") => true
      uri.is_valid("") => false
      uri.is_valid("http://[::1") => false
      uri.is_valid(input.n) => false
      """)
  void addresses_of_resources(ExpressionTable.Line line) {
    line.check();
  }
}

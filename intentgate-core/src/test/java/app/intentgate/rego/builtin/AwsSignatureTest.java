package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.call;
import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.num;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code providers.aws.sign_req}, with the example that Amazon publishes. */
class AwsSignatureTest {
  private static final String SIGN = "providers.aws.sign_req";
  private static final long THEN =
      Instant.parse("2015-08-30T12:36:00Z").getEpochSecond() * 1_000_000_000L;
  private static final Map<String, Object> CONFIG =
      Map.of(
          "aws_access_key", "AKIDEXAMPLE",
          "aws_secret_access_key", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
          "aws_service", "iam",
          "aws_region", "us-east-1");
  private static final Map<String, Object> REQUEST =
      Map.of(
          "method",
          "GET",
          "url",
          "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
          "headers",
          Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"));

  private static JsonObject headers(Map<String, ?> request, Map<String, ?> config, long nanos)
      throws Exception {
    JsonObject signed = (JsonObject) Objects.requireNonNull(call(SIGN, request, config, nanos));
    for (String name : request.keySet()) {
      if (!name.equals("headers")) {
        assertThat(signed.get(name)).isEqualTo(Calls.value(request.get(name)));
      }
    }
    return (JsonObject) Objects.requireNonNull(signed.get("headers"));
  }

  private static String header(JsonObject headers, String name) {
    return String.valueOf(Objects.requireNonNull(headers.get(name)).asText());
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    Map<String, Object> changed = new HashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  private static String signature(Map<String, ?> request, Map<String, ?> config, long nanos)
      throws Exception {
    String all = header(headers(request, config, nanos), "Authorization");
    return all.substring(all.indexOf("Signature=") + 10);
  }

  @Test
  void the_published_example_has_its_published_signature() throws Exception {
    JsonObject headers = headers(REQUEST, CONFIG, THEN);
    assertThat(header(headers, "x-amz-date")).isEqualTo("20150830T123600Z");
    assertThat(header(headers, "host")).isEqualTo("iam.amazonaws.com");
    assertThat(header(headers, "Authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                + "SignedHeaders=content-type;host;x-amz-date,Signature="
                + "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
  }

  @Test
  void whatever_is_signed_changes_the_signature() throws Exception {
    String own = signature(REQUEST, CONFIG, THEN);
    for (Map<String, Object> other :
        List.of(
            with(REQUEST, "method", "POST"),
            with(REQUEST, "url", "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-09"),
            with(REQUEST, "url", "https://iam.amazonaws.com/x?Action=ListUsers&Version=2010-05-08"),
            with(REQUEST, "url", "https://sts.amazonaws.com/?Action=ListUsers&Version=2010-05-08"),
            with(REQUEST, "headers", Map.of("content-type", "text/plain")),
            with(REQUEST, "raw_body", "x"),
            with(REQUEST, "body", Map.of("a", 1)))) {
      assertThat(signature(other, CONFIG, THEN)).as(other.toString()).isNotEqualTo(own);
    }
    for (String name : CONFIG.keySet()) {
      if (!name.equals("aws_access_key")) {
        assertThat(signature(REQUEST, with(CONFIG, name, "other"), THEN)).isNotEqualTo(own);
      }
    }
    assertThat(signature(REQUEST, CONFIG, THEN + 1_000_000_000L)).isNotEqualTo(own);
    assertThat(signature(REQUEST, CONFIG, THEN + 999_999_999L)).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(strings = {"User-Agent", "authorization", "X-Amzn-Trace-Id"})
  void what_proxies_change_is_not_signed(String name) throws Exception {
    Map<String, Object> bare = with(REQUEST, "headers", Map.of());
    assertThat(signature(with(bare, "headers", Map.of(name, "x")), CONFIG, THEN))
        .isEqualTo(signature(bare, CONFIG, THEN));
  }

  @Test
  void storage_services_also_get_the_hash_of_the_body() throws Exception {
    for (String service : List.of("s3", "glacier")) {
      Map<String, Object> config = with(CONFIG, "aws_service", service);
      assertThat(header(headers(REQUEST, config, THEN), "x-amz-content-sha256"))
          .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
      assertThat(
              header(
                  headers(with(REQUEST, "raw_body", "abc"), config, THEN), "x-amz-content-sha256"))
          .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
      assertThat(
              header(
                  headers(REQUEST, with(config, "disable_payload_signing", true), THEN),
                  "x-amz-content-sha256"))
          .isEqualTo("UNSIGNED-PAYLOAD");
    }
    assertThat(headers(REQUEST, CONFIG, THEN).get("x-amz-content-sha256")).isNull();
  }

  @Test
  void a_session_has_its_token_among_what_is_signed() throws Exception {
    JsonObject headers = headers(REQUEST, with(CONFIG, "aws_session_token", "session"), THEN);
    assertThat(header(headers, "x-amz-security-token")).isEqualTo("session");
    assertThat(header(headers, "Authorization"))
        .contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,");
  }

  @Test
  void errors_name_what_is_missing_or_wrong_and_show_no_secret() {
    JsonValue none = JsonObject.EMPTY;
    assertThat(error(SIGN, REQUEST, none, THEN))
        .startsWith("operand 2 missing required AWS config parameters(s): ")
        .contains("aws_secret_access_key");
    assertThat(error(SIGN, REQUEST, with(CONFIG, "aws_region", 1), THEN))
        .startsWith("operand 2 invalid values for required AWS config parameters(s): ")
        .contains("aws_region")
        .doesNotContain("wJalr");
    assertThat(error(SIGN, none, CONFIG, THEN))
        .startsWith("operand 1 missing required request parameters(s): ");
    assertThat(error(SIGN, with(REQUEST, "colour", 1), CONFIG, THEN))
        .startsWith("operand 1 invalid request parameters(s): ")
        .contains("colour");
    assertThat(error(SIGN, REQUEST, with(CONFIG, "disable_payload_signing", "yes"), THEN))
        .isEqualTo("operand 2 invalid value for 'disable_payload_signing' in AWS config");
    assertThat(error(SIGN, REQUEST, CONFIG, num("1.5")))
        .isEqualTo("operand 3 could not convert time_ns value into a unix timestamp");
    assertThat(error(SIGN, with(REQUEST, "url", "://"), CONFIG, THEN))
        .isEqualTo("parse \"://\": missing protocol scheme");
    assertThat(error(SIGN, with(REQUEST, "headers", List.of()), CONFIG, THEN))
        .endsWith("must be object but got array");
  }
}

package app.intentgate.rego.builtin;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** {@code providers.aws.sign_req}: adds the headers of an AWS signature to a request object. */
final class AwsRequests {
  private static final List<String> CONFIG =
      List.of("aws_access_key", "aws_region", "aws_secret_access_key", "aws_service");
  private static final Set<String> REQUEST =
      Set.of(
          "method",
          "url",
          "body",
          "raw_body",
          "headers",
          "timeout",
          "cache",
          "raise_error",
          "enable_redirect",
          "force_json_decode",
          "force_yaml_decode",
          "force_cache",
          "force_cache_duration_seconds",
          "caching_mode",
          "max_retry_attempts",
          "cache_ignored_headers",
          "tls_use_system_certs",
          "tls_ca_cert",
          "tls_ca_cert_file",
          "tls_ca_cert_env_variable",
          "tls_client_cert",
          "tls_client_cert_file",
          "tls_client_cert_env_variable",
          "tls_client_key",
          "tls_client_key_file",
          "tls_client_key_env_variable",
          "tls_insecure_skip_verify",
          "tls_server_name");

  private AwsRequests() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add(
        "providers.aws.sign_req(object[string: any], object[string: any], number):"
            + " object[any: any]",
        AwsRequests::sign);
  }

  private static JsonValue sign(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    JsonObject request = Operands.object(args, 0);
    JsonObject config = Operands.object(args, 1);
    required(config, CONFIG, 2, "AWS config");
    JsonNumber time = Operands.number(args, 2);
    if (!Numbers.isSmall(time)) {
      throw BuiltinException.ofType(
          "operand 3 could not convert time_ns value into a unix timestamp");
    }
    allowed(request);
    required(request, List.of("method", "url"), 1, "request");
    GoUrl url = GoUrl.parse(text(request, "url"));
    TreeMap<String, String> headers = headers(request);
    byte[] body = body(context, request);
    context.chargeSteps(body.length / 64 + 10L);
    JsonValue unsigned = config.get("disable_payload_signing");
    if (unsigned != null && !(unsigned instanceof JsonBoolean)) {
      throw BuiltinException.ofType(
          "operand 2 invalid value for 'disable_payload_signing' in AWS config");
    }
    AwsSignature signature =
        new AwsSignature(
            text(config, "aws_service"),
            text(config, "aws_region"),
            text(config, "aws_access_key"),
            text(config, "aws_secret_access_key"),
            text(config, "aws_session_token"));
    JsonObject.Builder all = JsonObject.builder();
    headers.forEach(all::put);
    signature
        .headers(
            text(request, "method"),
            url,
            headers,
            body,
            time.longValue(),
            unsigned == JsonBoolean.TRUE)
        .forEach(all::put);
    return request.toBuilder().put("headers", all.build()).build();
  }

  private static String text(JsonObject object, String key) {
    return object.get(key) instanceof JsonString s ? s.value() : "";
  }

  private static void allowed(JsonObject request) throws BuiltinException {
    JsonSet.Builder unknown = JsonSet.builder();
    for (int i = 0; i < request.size(); i++) {
      String name = request.keyAt(i).asText();
      if (name == null || !REQUEST.contains(name)) {
        unknown.add(request.keyAt(i));
      }
    }
    if (unknown.size() > 0) {
      throw operand(1, "invalid request parameters(s)", unknown);
    }
  }

  private static void required(JsonObject object, List<String> keys, int position, String what)
      throws BuiltinException {
    JsonSet.Builder missing = JsonSet.builder();
    JsonSet.Builder invalid = JsonSet.builder();
    for (String key : keys) {
      JsonValue value = object.get(key);
      if (value == null) {
        missing.add(JsonString.of(key));
      } else if (!(value instanceof JsonString)) {
        invalid.add(JsonString.of(key));
      }
    }
    if (missing.size() > 0) {
      throw operand(position, "missing required " + what + " parameters(s)", missing);
    }
    if (invalid.size() > 0) {
      throw operand(position, "invalid values for required " + what + " parameters(s)", invalid);
    }
  }

  private static BuiltinException operand(int position, String problem, JsonSet.Builder keys) {
    return BuiltinException.ofType("operand " + position + " " + problem + ": " + keys.build());
  }

  private static TreeMap<String, String> headers(JsonObject request) throws BuiltinException {
    JsonValue given = request.get("headers");
    TreeMap<String, String> headers = new TreeMap<>();
    if (given == null) {
      return headers;
    }
    if (!(given instanceof JsonObject o)) {
      throw BuiltinException.operand(0, "object", Operands.typeName(given));
    }
    for (int i = 0; i < o.size(); i++) {
      String name = o.keyAt(i).asText();
      String value = o.valueAt(i).asText();
      headers.put(name == null ? "" : name, value == null ? "" : value);
    }
    return headers;
  }

  private static byte[] body(BuiltinContext context, JsonObject request) {
    if (request.get("raw_body") != null) {
      return GoBytes.of(text(request, "raw_body"));
    }
    JsonValue body = request.get("body");
    return body == null ? new byte[0] : GoBytes.of(PlainJson.text(context, body));
  }
}

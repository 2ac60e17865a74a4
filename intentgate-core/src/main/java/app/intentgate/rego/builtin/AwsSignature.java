package app.intentgate.rego.builtin;

import app.intentgate.rego.spi.BuiltinException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS Signature Version 4. Holds secrets: its text form shows none of them. */
final class AwsSignature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /** Proxies may change these, so they are not signed. */
  private static final Set<String> IGNORED =
      Set.of("authorization", "user-agent", "x-amzn-trace-id");

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long SECOND = 1_000_000_000L;

  private final String service;
  private final String region;
  private final String accessKey;
  private final String secretKey;
  private final String sessionToken;

  AwsSignature(
      String service, String region, String accessKey, String secretKey, String sessionToken) {
    this.service = service;
    this.region = region;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.sessionToken = sessionToken;
  }

  /** The headers that sign a request, {@code Authorization} among them. */
  Map<String, String> headers(
      String method,
      GoUrl url,
      Map<String, String> headers,
      byte[] body,
      long nanos,
      boolean unsignedPayload)
      throws BuiltinException {
    Instant now = Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    String payload = unsignedPayload ? "UNSIGNED-PAYLOAD" : hash(body);
    Map<String, String> added = new TreeMap<>();
    added.put("host", url.host());
    added.put("x-amz-date", TIME.format(now));
    if (service.equals("s3") || service.equals("glacier")) {
      added.put("x-amz-content-sha256", payload);
    }
    if (!sessionToken.isEmpty()) {
      added.put("x-amz-security-token", sessionToken);
    }
    TreeMap<String, String> signed = new TreeMap<>(added);
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!IGNORED.contains(lower)) {
            signed.put(lower, value);
          }
        });
    String names = String.join(";", signed.keySet());
    StringBuilder request = new StringBuilder();
    request.append(method).append('\n').append(url.escapedPath()).append('\n');
    request.append(url.rawQuery()).append('\n');
    signed.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    request.append('\n').append(names).append('\n').append(payload);
    String scope = DAY.format(now) + "/" + region + "/" + service + "/aws4_request";
    String toSign =
        String.join("\n", ALGORITHM, TIME.format(now), scope, hash(GoBytes.of(request.toString())));
    byte[] key = mac(GoBytes.of("AWS4" + secretKey), DAY.format(now));
    key = mac(mac(mac(key, region), service), "aws4_request");
    added.put(
        "Authorization",
        ALGORITHM
            + (" Credential=" + accessKey + "/" + scope + ",SignedHeaders=" + names)
            + (",Signature=" + HexFormat.of().formatHex(mac(key, toSign))));
    return added;
  }

  private static String hash(byte[] bytes) throws BuiltinException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw BuiltinException.of("SHA-256 is not available on this Java");
    }
  }

  private static byte[] mac(byte[] key, String message) throws BuiltinException {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw BuiltinException.of("HmacSHA256 is not available on this Java");
    }
  }

  @Override
  public String toString() {
    return "AwsSignature[" + service + "]";
  }
}

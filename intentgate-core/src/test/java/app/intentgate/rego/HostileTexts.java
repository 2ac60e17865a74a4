package app.intentgate.rego;

import static app.intentgate.rego.x509.MadeCertificates.AUTHORITY;
import static app.intentgate.rego.x509.MadeCertificates.extension;
import static app.intentgate.rego.x509.MadeCertificates.name;
import static java.nio.charset.StandardCharsets.US_ASCII;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.Der;
import app.intentgate.rego.x509.MadeCertificates;
import java.math.BigInteger;
import java.util.Base64;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts in languages of their own, each within one MiB: PEM, JWK, GraphQL, YAML, and the like. */
final class HostileTexts {
  private HostileTexts() {}

  static void addTo(JsonObject.Builder b) {
    certificates(b);
    keys(b);
    b.put("fields", "{" + "a ".repeat(400_000) + "}")
        .put("breaks", "{a(b: \"\"\"" + "\n".repeat(900_000) + "\"\"\")}")
        .put("words", nested(60, JsonString.of("a ".repeat(400_000))))
        .put("names", "[" + "&a ".repeat(300_000) + "1]")
        .put("networks", texts(3_000, i -> "10." + i % 256 + ".0.0/24"))
        .put("years", "2006".repeat(200_000))
        .put("zones", "MST".repeat(300_000))
        .put("dependent", dependencies())
        .put("objects", texts(100_000, i -> JsonObject.EMPTY))
        .put("expressions", texts(14, i -> "(?i)" + i + "[!-\ud83c\udfff]".repeat(9_000)))
        .put("spellings", spellings())
        .put("days", "1.5d".repeat(250_000))
        .put("version", "1.0.0-" + "1.".repeat(500_000) + "1")
        .put("pairs", "a=b&".repeat(250_000))
        .put("members", members())
        .put("blanks", "a: |\n" + "\n".repeat(900_000))
        .put("lines", "- a\n".repeat(250_000))
        .put(
            "merges",
            "a: &a {" + many(30_000, i -> "k" + i + ": 1, ") + "}\nb:\n" + "  <<: *a\n".repeat(3))
        .put("person", person())
        .put("request", request());
  }

  private static void certificates(JsonObject.Builder b) {
    byte[] three = Der.element(Der.SEQUENCE, Der.objectIdentifier("1.2.3"));
    byte[] constraints =
        Der.element(
            Der.SEQUENCE,
            Der.element(
                0xa1, repeated(20_000, i -> Der.element(Der.SEQUENCE, dnsName("c" + i + ".net")))));
    byte[] hosts = Der.element(Der.SEQUENCE, repeated(20_000, i -> dnsName("h" + i + ".com")));
    byte[] policies = Der.element(Der.SEQUENCE, repeated(10_000, i -> policy(i)));
    String root = MadeCertificates.of("root", "root", 1, AUTHORITY);
    b.put("begins", "-----BEGIN A-----\n".repeat(55_000))
        .put("nested", "-----BEGIN A-----\n".repeat(55_000) + "-----END A-----\n")
        .put("blocks", "-----BEGIN A-----\n-----END A-----\n".repeat(29_000))
        .put(
            "loops",
            root + many(80, HostileTexts::issuedByItself) + MadeCertificates.of("leaf", "a", 2))
        .put(
            "hosts",
            root
                + MadeCertificates.of(
                    "a", "root", 2, AUTHORITY, extension("2.5.29.30", constraints))
                + MadeCertificates.of("leaf", "a", 3, extension("2.5.29.17", hosts)))
        .put(
            "policies",
            root
                + many(
                    4,
                    i ->
                        MadeCertificates.of(
                            "" + (char) ('a' + i),
                            i == 0 ? "root" : "" + (char) ('a' + i - 1),
                            i,
                            AUTHORITY,
                            extension("2.5.29.32", policies)))
                + MadeCertificates.of("leaf", "d", 9, extension("2.5.29.32", policies)))
        .put("many", many(1_500, i -> MadeCertificates.of("a", "a", i, AUTHORITY)))
        .put(
            "serial",
            MadeCertificates.pem(
                MadeCertificates.der(
                    name("a"),
                    name("a"),
                    BigInteger.ONE.shiftLeft(5_000_000),
                    MadeCertificates.key(),
                    AUTHORITY)))
        .put("three", pem("PUBLIC KEY", Der.element(Der.SEQUENCE, three, new byte[0])))
        .put("arc", pem("PUBLIC KEY", arc()));
  }

  /** One of very many that may have issued each other, as far as their names tell. */
  private static String issuedByItself(int serial) {
    return MadeCertificates.pem(
        MadeCertificates.der(
            name("a"),
            name("a"),
            BigInteger.valueOf(serial),
            MadeCertificates.anotherKey(),
            AUTHORITY));
  }

  /** A certificate of somebody of very many names. */
  private static String person() {
    byte[] name =
        Der.element(
            Der.SEQUENCE,
            repeated(
                40_000,
                i ->
                    Der.element(
                        Der.SET,
                        Der.element(
                            Der.SEQUENCE,
                            Der.objectIdentifier("2.5.4.10"),
                            Der.element(0x0c, ("n" + i).getBytes(US_ASCII))))));
    byte[] key = MadeCertificates.key();
    return MadeCertificates.pem(
        MadeCertificates.der(name, name("a"), BigInteger.ONE, key, AUTHORITY));
  }

  private static String request() {
    byte[] hosts = Der.element(Der.SEQUENCE, repeated(60_000, i -> dnsName("h" + i)));
    byte[] wanted =
        Der.element(
            Der.SEQUENCE,
            Der.objectIdentifier("1.2.840.113549.1.9.14"),
            Der.element(Der.SET, Der.element(Der.SEQUENCE, extension("2.5.29.17", hosts))));
    byte[] body =
        Der.element(
            Der.SEQUENCE,
            Der.integer(BigInteger.ZERO),
            name("a"),
            MadeCertificates.key(),
            Der.element(0xa0, wanted));
    byte[] algorithm = Der.element(Der.SEQUENCE, Der.objectIdentifier("1.2.840.10045.4.3.2"));
    return pem(
        "CERTIFICATE REQUEST",
        Der.element(Der.SEQUENCE, body, algorithm, Der.element(Der.BIT_STRING, new byte[1])));
  }

  private static JsonObject members() {
    JsonObject.Builder members = JsonObject.builder();
    for (int i = 0; i < 30_000; i++) {
      members.put("k-" + Integer.toHexString(i * 0x9E3779B1), i);
    }
    return members.build();
  }

  private static byte[] dnsName(String name) {
    return Der.element(0x82, name.getBytes(US_ASCII));
  }

  private static byte[] policy(int i) {
    return Der.element(Der.SEQUENCE, Der.objectIdentifier("1.2.3." + i));
  }

  /** A public key whose algorithm is one number of very many digits. */
  private static byte[] arc() {
    byte[] digits = new byte[600_000];
    java.util.Arrays.fill(digits, (byte) 0xff);
    digits[digits.length - 1] = 1;
    return Der.element(Der.SEQUENCE, Der.element(Der.SEQUENCE, Der.element(Der.OID, digits)));
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getEncoder().encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  private static void keys(JsonObject.Builder b) {
    String url =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                BigInteger.ONE.shiftLeft(5_000_000).subtract(BigInteger.ONE).toByteArray());
    byte[] modulus = BigInteger.ONE.shiftLeft(3071).add(BigInteger.ONE).toByteArray();
    String n = Base64.getUrlEncoder().withoutPadding().encodeToString(modulus);
    String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[383]) + "AQ";
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"RS256\"}".getBytes(US_ASCII));
    b.put("exponent", "{\"kty\":\"RSA\",\"n\":\"" + n + "\",\"e\":\"" + url + "\"}")
        .put("secret", "{\"kty\":\"RSA\",\"n\":\"" + n + "\",\"e\":\"AQAB\",\"d\":\"" + url + "\"}")
        .put("token", header + ".e30." + signature)
        .put("keys", "{\"keys\":[" + (point() + ",").repeat(999) + "{\"kty\":\"EC\"}]}")
        .put("privates", ed25519().repeat(8_000));
  }

  private static String point() {
    byte[] info = MadeCertificates.key();
    Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
    String x =
        url.encodeToString(java.util.Arrays.copyOfRange(info, info.length - 64, info.length - 32));
    String y =
        url.encodeToString(java.util.Arrays.copyOfRange(info, info.length - 32, info.length));
    return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
  }

  private static String ed25519() {
    byte[] key = new byte[48];
    byte[] prefix = java.util.HexFormat.of().parseHex("302e020100300506032b657004220420");
    System.arraycopy(prefix, 0, key, 0, prefix.length);
    return pem("PRIVATE KEY", key);
  }

  /** A schema of very many members that depend on others. */
  private static JsonObject dependencies() {
    JsonObject.Builder members = JsonObject.builder();
    for (int i = 0; i < 50_000; i++) {
      members.put("k" + i, JsonArray.EMPTY);
    }
    return JsonObject.builder()
        .put("items", JsonObject.of("dependencies", members.build()))
        .build();
  }

  /** A schema that refers to one place in very many spellings. */
  private static JsonObject spellings() {
    JsonObject.Builder members = JsonObject.builder();
    for (int i = 0; i < 10_000; i++) {
      members.put("k" + i, JsonObject.EMPTY);
    }
    JsonValue target = JsonObject.of("properties", members.build());
    String word = "definition";
    JsonArray references =
        texts(
            1_000,
            i -> {
              StringBuilder path = new StringBuilder("#/definitions/");
              for (int j = 0; j < word.length(); j++) {
                int c = word.charAt(j);
                path.append((i >> j & 1) == 1 ? "%" + Integer.toHexString(c) : "" + (char) c);
              }
              return JsonObject.of("$ref", JsonString.of(path.toString()));
            });
    return JsonObject.of("definitions", JsonObject.of(word, target), "anyOf", references);
  }

  private static JsonValue nested(int depth, JsonValue inner) {
    JsonValue value = inner;
    for (int i = 0; i < depth; i++) {
      value = JsonArray.of(value);
    }
    return value;
  }

  private static String many(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining());
  }

  private static byte[][] repeated(int count, IntFunction<byte[]> part) {
    return IntStream.range(0, count).mapToObj(part).toArray(byte[][]::new);
  }

  private static JsonArray texts(int count, IntFunction<?> text) {
    return JsonArray.copyOf(
        IntStream.range(0, count)
            .mapToObj(text)
            .map(o -> o instanceof JsonValue v ? v : JsonString.of((String) o))
            .toList());
  }
}

package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MemoryChainTest {
  private static final JsonObject VECTORS = (JsonObject) Vectors.read("memory.json");

  private static String text(JsonObject object, String name) {
    JsonValue value = object.get(name);
    return value == null ? "" : String.valueOf(value.asText());
  }

  private static String sessionKey(String masterKeyHex, String jti) {
    for (JsonValue key : (JsonArray) VECTORS.get("session_keys")) {
      JsonObject o = (JsonObject) key;
      if (text(o, "master_key_hex").equals(masterKeyHex) && text(o, "jti").equals(jti)) {
        return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(HexFormat.of().parseHex(text(o, "session_key_hex")));
      }
    }
    throw new AssertionError("no session key of " + jti);
  }

  @Test
  void everyEntryIsTheOneOfTheGoldenChain() {
    JsonArray golden = (JsonArray) VECTORS.get("chain");
    String jti = text((JsonObject) golden.get(0), "session_id");
    MemoryChain chain = MemoryChain.of(jti, sessionKey(text(VECTORS, "chain_master_key_hex"), jti));
    for (JsonValue entry : golden) {
      JsonObject e = (JsonObject) entry;
      chain =
          chain.add(
              text(e, "id"),
              ((JsonNumber) e.get("ts")).longValue(),
              HexFormat.of().parseHex(text(e, "data_hex")));
    }

    JsonArray sent =
        (JsonArray)
            JsonReader.parse(
                new String(Base64.getUrlDecoder().decode(chain.header()), StandardCharsets.UTF_8));
    assertThat(sent.size()).isEqualTo(golden.size()).isGreaterThan(4);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i)).isEqualTo(((JsonObject) golden.get(i)).get("wire"));
    }
    assertThat(chain.size()).isEqualTo(golden.size());
  }

  @Test
  void aChainIsAValueAndShowsNothing() {
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
    MemoryChain empty = MemoryChain.of("jti", key);
    MemoryChain longer = empty.add("a", 1, "secret");

    assertThat(empty.size()).isZero();
    assertThat(longer).hasToString("MemoryChain[1 entries]");
    assertThatThrownBy(() -> MemoryChain.of("jti", "AAAA"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

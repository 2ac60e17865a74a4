package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.token.CapabilityToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Shows what a token says, without the signature that makes it usable. */
final class TokenPrinter {
  private TokenPrinter() {}

  /** The token's members as they stand in it, and its chain id in place of its signature. */
  static JsonObject describe(CapabilityToken token) {
    byte[] json = Base64.getUrlDecoder().decode(token.encode().getBytes(StandardCharsets.US_ASCII));
    JsonObject all = (JsonObject) JsonReader.parse(json);
    JsonObject.Builder shown = JsonObject.builder(all.size());
    for (int i = 0; i < all.size(); i++) {
      if (!all.nameAt(i).equals("sig")) {
        shown.put(all.keyAt(i), all.valueAt(i));
      }
    }
    return shown.put("chain_id", token.chainId()).build();
  }
}

package app.intentgate.token;

import app.intentgate.json.JsonOutput;

/** Writes the JSON of tokens (contract 1.1, 1.2), which {@link TokenReader} reads. */
final class TokenJson {
  private TokenJson() {}

  static byte[] encode(CapabilityToken token) {
    JsonOutput out = JsonOutput.htmlSafe().beginObject();
    writeClaims(token, out);
    if (!token.caveats().isEmpty()) {
      out.name("cav").beginArray();
      for (Caveat caveat : token.caveats()) {
        caveat.members().write(caveat.type(), out);
      }
      out.endArray();
    }
    return out.name("sig").string(token.signature()).endObject().toByteArray();
  }

  /** Writes what the first signature is made over. */
  static void writePayload(CapabilityToken token, JsonOutput out) {
    out.beginObject();
    writeClaims(token, out);
    out.endObject();
  }

  private static void writeClaims(CapabilityToken token, JsonOutput out) {
    out.name("v").number(token.version());
    out.name("jti").string(token.id());
    out.name("root_jti").string(token.rootId());
    out.name("iss").string(token.issuer());
    out.name("tenant").string(token.tenant());
    out.name("zone").string(token.zone());
    out.name("sub").string(token.subject());
    out.name("iat").number(token.issuedAt());
    if (token.notBefore() != 0) {
      out.name("nbf").number(token.notBefore());
    }
  }
}

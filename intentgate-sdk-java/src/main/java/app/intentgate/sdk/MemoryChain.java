package app.intentgate.sdk;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an agent remembers, as a chain of signed entries that a gate can verify (contract 9.4): each
 * entry is bound to the token's id and to the one before it. {@link #add} returns a longer chain.
 * Immutable and thread-safe; {@link #toString} shows neither key nor content.
 */
public final class MemoryChain {
  private static final int HASH_BYTES = 32;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;
  private final String tokenId;
  private final List<JsonObject> entries;
  private final byte[] lastHash;

  private MemoryChain(
      SecretKeySpec key, String tokenId, List<JsonObject> entries, byte[] lastHash) {
    this.key = key;
    this.tokenId = tokenId;
    this.entries = entries;
    this.lastHash = lastHash;
  }

  /**
   * An empty chain.
   *
   * @param tokenId the token's {@code jti}, which its children share
   * @param signingKey what minting gave as {@code memory_signing_key}
   * @throws IllegalArgumentException when that is no base64url of 32 bytes
   */
  public static MemoryChain of(String tokenId, String signingKey) {
    byte[] raw = Base64.getUrlDecoder().decode(signingKey);
    if (raw.length != HASH_BYTES) {
      throw new IllegalArgumentException("a memory signing key has 32 bytes, not " + raw.length);
    }
    return new MemoryChain(
        new SecretKeySpec(raw, "HmacSHA256"), tokenId, List.of(), new byte[HASH_BYTES]);
  }

  /**
   * The chain with one entry more.
   *
   * @param id what the entry is called
   * @param millis when it was remembered, in milliseconds since 1970
   * @param data what was remembered
   */
  public MemoryChain add(String id, long millis, byte[] data) {
    byte[] signed = signedBytes(id, millis, data);
    List<JsonObject> longer = new ArrayList<>(entries);
    longer.add(
        JsonObject.builder(6)
            .put("id", id)
            .put("session_id", tokenId)
            .put("ts", millis)
            .put("data", BASE64.encodeToString(data))
            .put("prev_hash", BASE64.encodeToString(lastHash))
            .put("hmac", BASE64.encodeToString(sign(signed)))
            .build());
    return new MemoryChain(key, tokenId, List.copyOf(longer), sha256(signed));
  }

  /** The chain with a text more. */
  public MemoryChain add(String id, long millis, String text) {
    return add(id, millis, text.getBytes(StandardCharsets.UTF_8));
  }

  /** How many entries there are. */
  public int size() {
    return entries.size();
  }

  /** What is sent as {@code X-Intent-Memory-Provenance}. */
  public String header() {
    return BASE64.encodeToString(JsonWriter.toBytes(JsonArray.copyOf(entries)));
  }

  private byte[] signedBytes(String id, long millis, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    counted(out, tokenId.getBytes(StandardCharsets.UTF_8));
    counted(out, id.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
    counted(out, lastHash);
    counted(out, data);
    return out.toByteArray();
  }

  private static void counted(ByteArrayOutputStream out, byte[] bytes) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  private byte[] sign(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "MemoryChain[" + entries.size() + " entries]";
  }
}

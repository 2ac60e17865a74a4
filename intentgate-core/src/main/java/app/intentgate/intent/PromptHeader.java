package app.intentgate.intent;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads the user's words from the headers of a request (B38): {@code X-Intent-Prompt}, whose bytes
 * are UTF-8 (or, where they are not, Latin-1, as browsers and TypeScript clients send it), and
 * {@code X-Intent-Prompt-B64}, base64url of UTF-8, for clients whose HTTP library cannot send other
 * than ASCII. When both come they must agree.
 */
public final class PromptHeader {
  /** The longest prompt taken, in characters. */
  public static final int MAX_LENGTH = 200_000;

  private PromptHeader() {}

  /**
   * The prompt of a request.
   *
   * @param plain the value of {@code X-Intent-Prompt} as Latin-1, one character per byte; or null
   * @param encoded the value of {@code X-Intent-Prompt-B64}, or null
   * @return the prompt, or null when neither came
   * @throws IntentException when they disagree, are too long or cannot be read
   */
  public static @Nullable String read(@Nullable String plain, @Nullable String encoded) {
    String fromPlain = plain == null || plain.isBlank() ? null : fromLatin1(plain);
    String fromEncoded = encoded == null || encoded.isBlank() ? null : fromBase64(encoded.strip());
    if (fromPlain != null && fromEncoded != null && !fromPlain.equals(fromEncoded)) {
      throw new IntentException("X-Intent-Prompt and X-Intent-Prompt-B64 differ");
    }
    String prompt = fromEncoded != null ? fromEncoded : fromPlain;
    if (prompt != null && prompt.length() > MAX_LENGTH) {
      throw new IntentException("intent prompt is longer than " + MAX_LENGTH + " characters");
    }
    return prompt;
  }

  private static String fromLatin1(String value) {
    boolean ascii = value.chars().allMatch(c -> c < 0x80);
    if (ascii) {
      return value;
    }
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    String utf8 = decodeUtf8(bytes);
    return utf8 != null ? utf8 : value;
  }

  private static String fromBase64(String value) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(value);
    } catch (IllegalArgumentException e) {
      throw new IntentException("X-Intent-Prompt-B64 is not base64url", e);
    }
    String text = decodeUtf8(bytes);
    if (text == null) {
      throw new IntentException("X-Intent-Prompt-B64 is not UTF-8");
    }
    return text;
  }

  private static @Nullable String decodeUtf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}

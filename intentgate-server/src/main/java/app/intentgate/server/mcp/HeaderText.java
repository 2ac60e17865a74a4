package app.intentgate.server.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Values that travel in headers: {@code =?base64?…?=} stands for text that a header cannot hold.
 */
public final class HeaderText {
  private static final String START = "=?base64?";
  private static final String END = "?=";

  private HeaderText() {}

  /** A text as a header's value: as it is where a header can hold it, which is never empty. */
  public static String encode(String text) {
    boolean plain =
        !text.isEmpty()
            && text.chars().allMatch(c -> c >= ' ' && c < 0x7f)
            && text.strip().equals(text)
            && !text.startsWith(START);
    return plain
        ? text
        : START + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + END;
  }

  /** The text a header's value stands for; null when it is encoded and does not decode. */
  static @Nullable String decode(String value) {
    String text = value.strip();
    if (!text.startsWith(START)
        || !text.endsWith(END)
        || text.length() < START.length() + END.length()) {
      return text;
    }
    try {
      byte[] bytes =
          Base64.getDecoder().decode(text.substring(START.length(), text.length() - END.length()));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }
}

package app.intentgate.audit.checkpoint;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a chain stood at a time, signed. Its text is a signed note (C2SP): lines a person can read,
 * a blank line, and a signature line.
 *
 * @param tenant the chain
 * @param sequence the number of its newest event
 * @param headHash that event's hash, lower-case hex
 * @param at when this was signed
 * @param keyId the key that signed, see {@link CheckpointKey#id}
 * @param signature the signature over the note's text, base64
 */
public record Checkpoint(
    String tenant, long sequence, String headHash, Instant at, String keyId, String signature) {
  private static final String ORIGIN = "intentgate/";
  private static final String SIGNATURE_MARK = "\u2014 intentgate+";
  private static final Pattern NOTE =
      Pattern.compile(
          "intentgate/([^\n/]+)\n([0-9]{1,18})\n([0-9a-f]{64})\n([^\n]+)\n"
              + "\n\u2014 intentgate\\+([0-9a-f]{16}) ([A-Za-z0-9+/=]+)\n?");

  /** What is signed of a checkpoint. */
  static String text(String tenant, long sequence, String headHash, Instant at) {
    return ORIGIN
        + URLEncoder.encode(tenant, StandardCharsets.UTF_8)
        + "\n"
        + sequence
        + "\n"
        + headHash
        + "\n"
        + at
        + "\n";
  }

  /** The text that is signed. */
  String text() {
    return text(tenant, sequence, headHash, at);
  }

  /** The signed note, with its last line feed. */
  public String note() {
    byte[] raw = Base64.getDecoder().decode(signature);
    byte[] marked = new byte[CheckpointKey.MARK_LENGTH + raw.length];
    byte[] mark = CheckpointKey.mark(keyId);
    System.arraycopy(mark, 0, marked, 0, mark.length);
    System.arraycopy(raw, 0, marked, mark.length, raw.length);
    return text()
        + "\n"
        + SIGNATURE_MARK
        + keyId
        + " "
        + Base64.getEncoder().encodeToString(marked)
        + "\n";
  }

  /**
   * Reads a signed note. The signature is not verified: see {@link CheckpointKeys#verify}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Checkpoint parse(String note) {
    Matcher m = NOTE.matcher(note.replace("\r\n", "\n"));
    if (!m.matches()) {
      throw new IllegalArgumentException("not a checkpoint's signed note");
    }
    byte[] marked;
    Instant at;
    try {
      marked = Base64.getDecoder().decode(m.group(6));
      at = Instant.parse(m.group(4));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("not a checkpoint's signed note", e);
    }
    if (marked.length <= CheckpointKey.MARK_LENGTH) {
      throw new IllegalArgumentException("the note's signature is too short");
    }
    byte[] raw = Arrays.copyOfRange(marked, CheckpointKey.MARK_LENGTH, marked.length);
    return new Checkpoint(
        URLDecoder.decode(m.group(1), StandardCharsets.UTF_8),
        Long.parseLong(m.group(2)),
        m.group(3),
        at,
        m.group(5),
        Base64.getEncoder().encodeToString(raw));
  }

  /**
   * Reads a text of signed notes one after the other, as a checkpoint file holds them; those that
   * close rows, too, say where their chain stood.
   *
   * @throws IllegalArgumentException when something in it is none
   */
  public static List<Checkpoint> parseAll(String notes) {
    return Arrays.stream(notes.replace("\r\n", "\n").split("(?m)(?=^intentgate/)"))
        .filter(note -> !note.isBlank())
        .map(note -> parse(withoutClosing(note.stripTrailing()) + "\n"))
        .toList();
  }

  private static String withoutClosing(String note) {
    int closes = note.lastIndexOf(ClosingCheckpoint.CLOSES);
    return closes < 0 ? note : note.substring(0, closes);
  }
}

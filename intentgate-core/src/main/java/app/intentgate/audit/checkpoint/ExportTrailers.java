package app.intentgate.audit.checkpoint;

import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.VerificationReport;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checkpoints at the end of an export: with them a file shows by itself that it is whole. */
public final class ExportTrailers {
  private ExportTrailers() {}

  /**
   * What is wrong with the checkpoints that a verified file ends with; empty when nothing is.
   *
   * @param trusted the keys whose signatures count; null takes any signature for granted
   */
  public static List<String> problems(
      AuditFileVerifier.Result file, @Nullable CheckpointKeys trusted) {
    List<String> problems = new ArrayList<>();
    for (String line : file.trailers()) {
      try {
        Checkpoint checkpoint = read(line);
        if (trusted != null) {
          var unused = trusted.verify(checkpoint);
        }
        if (!isEndOf(file, checkpoint)) {
          problems.add(
              "chain "
                  + checkpoint.tenant()
                  + " does not end as its checkpoint says, at event "
                  + checkpoint.sequence());
        }
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return problems;
  }

  private static Checkpoint read(String line) {
    try {
      JsonValue value = JsonReader.parse(line);
      if (value instanceof JsonObject object
          && object.get("checkpoint") instanceof JsonObject checkpoint
          && checkpoint.get("note") instanceof JsonString note) {
        return Checkpoint.parse(note.value());
      }
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("a checkpoint line is not JSON", e);
    }
    throw new IllegalArgumentException("a checkpoint line has no note");
  }

  private static boolean isEndOf(AuditFileVerifier.Result file, Checkpoint checkpoint) {
    for (VerificationReport chain : file.chains()) {
      ChainHead head = chain.head();
      if (chain.chain().equals(checkpoint.tenant()) && head != null) {
        return head.seq() == checkpoint.sequence() && head.hash().equals(checkpoint.headHash());
      }
    }
    return false;
  }
}

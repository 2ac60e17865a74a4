package app.intentgate.intent;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a prompt asks for. Immutable and thread-safe. */
public final class Intent {
  private final String summary;
  private final Tools allowed;
  private final Tools forbidden;
  private final double confidence;
  private @Nullable JsonObject forPolicy;

  /** Tools in the order they were named, and the same to look one up. */
  private record Tools(List<String> inOrder, Set<String> names) {
    static Tools of(Collection<String> tools) {
      Set<String> names = new LinkedHashSet<>(tools);
      return new Tools(List.copyOf(names), names);
    }
  }

  private Intent(String summary, Tools allowed, Tools forbidden, double confidence) {
    this.summary = summary;
    this.allowed = allowed;
    this.forbidden = forbidden;
    this.confidence = confidence;
  }

  /**
   * An intent.
   *
   * @param summary one line for the log and the approver; may be empty
   * @param allowed the tools it needs; empty means every tool that is not forbidden
   * @param forbidden the tools it rules out
   * @param confidence 0 to 1, how sure the extractor is
   * @throws IllegalArgumentException when the confidence is infinite or not a number
   */
  public static Intent of(
      String summary, Collection<String> allowed, Collection<String> forbidden, double confidence) {
    if (!Double.isFinite(confidence)) {
      throw new IllegalArgumentException("an intent's confidence is 0 to 1, is " + confidence);
    }
    return new Intent(summary, Tools.of(allowed), Tools.of(forbidden), confidence);
  }

  /** One line for the log and the approver; may be empty. */
  public String summary() {
    return summary;
  }

  /** The tools it needs, each once; empty means every tool that is not forbidden. */
  public List<String> allowedTools() {
    return allowed.inOrder;
  }

  /** The tools it rules out, each once. */
  public List<String> forbiddenTools() {
    return forbidden.inOrder;
  }

  /** 0 to 1, how sure the extractor is. */
  public double confidence() {
    return confidence;
  }

  /** Whether it names no tool at all, which permits nothing (B39). */
  public boolean isEmpty() {
    return allowed.inOrder.isEmpty() && forbidden.inOrder.isEmpty();
  }

  /** Whether it rules a tool out. */
  public boolean forbids(String tool) {
    return forbidden.names.contains(tool);
  }

  /** Whether a tool is one it needs, or it does not say which it needs. */
  public boolean covers(String tool) {
    return allowed.inOrder.isEmpty() || allowed.names.contains(tool);
  }

  /**
   * What policies see of it, {@code input.intent}: what is empty is left out. Made once, since one
   * intent serves many calls.
   */
  public JsonObject forPolicy() {
    JsonObject made = forPolicy;
    if (made == null) {
      made = makeForPolicy();
      forPolicy = made;
    }
    return made;
  }

  private JsonObject makeForPolicy() {
    JsonObject.Builder out = JsonObject.builder(4);
    if (!summary.isEmpty()) {
      out.put("summary", summary);
    }
    if (!allowed.inOrder.isEmpty()) {
      out.put("allowed_tools", texts(allowed.inOrder));
    }
    if (!forbidden.inOrder.isEmpty()) {
      out.put("forbidden_tools", texts(forbidden.inOrder));
    }
    if (confidence != 0) {
      out.put("confidence", JsonNumber.parse(Double.toString(confidence)));
    }
    return out.build();
  }

  private static JsonArray texts(List<String> texts) {
    List<JsonValue> values = new ArrayList<>(texts.size());
    for (String text : texts) {
      values.add(JsonString.of(text));
    }
    return JsonArray.copyOf(values);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Intent i
        && i.summary.equals(summary)
        && i.allowed.equals(allowed)
        && i.forbidden.equals(forbidden)
        && Double.compare(i.confidence, confidence) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(summary, allowed, forbidden, confidence);
  }

  /** What it says. */
  @Override
  public String toString() {
    return "Intent[" + summary + ", " + allowed.inOrder + ", not " + forbidden.inOrder + "]";
  }
}

package app.intentgate.server.consent;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonWriter;

/**
 * What the person sees: the call, and two buttons. Everything that came from outside is escaped.
 */
final class ConsentPage {
  private static final String HEAD =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
          + " content=\"width=device-width, initial-scale=1\"><title>IntentGate</title><style>"
          + "body{font-family:sans-serif;max-width:40em;margin:2em auto;padding:0 1em}"
          + "pre{background:#eee;padding:1em;white-space:pre-wrap;overflow-wrap:anywhere}"
          + "button{font-size:1em;padding:.5em 1.5em;margin-right:1em}</style></head><body>";
  private static final String END = "</body></html>\n";

  private ConsentPage() {}

  static String asking(Approval row) {
    ApprovalRequest request = row.request();
    StringBuilder out = new StringBuilder(HEAD);
    out.append("<h1>May this be done for you?</h1><p>The agent <b>");
    out.append(escaped(row.binding().agentId())).append("</b> wants to use <b>");
    out.append(escaped(row.binding().tool())).append("</b>");
    if (!request.reason().isEmpty()) {
      out.append(". You are asked because: ").append(escaped(request.reason()));
    }
    out.append("</p>");
    if (!request.intentSummary().isEmpty()) {
      out.append("<p>What was understood of your request: ");
      out.append(escaped(request.intentSummary())).append("</p>");
    }
    JsonObject arguments = row.arguments();
    if (arguments != null && !arguments.isEmpty()) {
      out.append("<p>With exactly this:</p><pre>");
      for (int i = 0; i < arguments.size(); i++) {
        // A name with a line's end in it would show an argument that is not there.
        out.append(escaped(arguments.nameAt(i).replace('\n', '\uFFFD'))).append(": ");
        out.append(escaped(JsonWriter.toText(arguments.valueAt(i)))).append('\n');
      }
      out.append("</pre>");
    }
    return out.append("<form method=\"post\"><button name=\"decision\" value=\"approve\">Allow")
        .append("</button><button name=\"decision\" value=\"reject\">Refuse</button></form>")
        .append(END)
        .toString();
  }

  static String saying(String text) {
    return HEAD + "<p>" + escaped(text) + "</p>" + END;
  }

  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isHidden(c) ? '\uFFFD' : c);
              }
            });
    return out.toString();
  }

  /**
   * Control characters, those that nobody sees or that turn the direction of a text, and ends of
   * lines other than the one that is meant, would show another call.
   */
  static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\n' && c != '\t';
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}

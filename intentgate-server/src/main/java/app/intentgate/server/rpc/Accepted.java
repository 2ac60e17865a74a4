package app.intentgate.server.rpc;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** What a client says it can read. */
final class Accepted {
  private Accepted() {}

  /** Whether a media type is named among those accepted, and not with the weight nought. */
  static boolean has(HttpFields headers, String type) {
    List<String> values = headers.getValuesList(HttpHeader.ACCEPT);
    for (String value : values) {
      for (String range : value.split(",", -1)) {
        String[] parts = range.split(";", -1);
        if (parts[0].strip().equalsIgnoreCase(type) && !isRefused(parts)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isRefused(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].replace(" ", "");
      if (parameter.matches("(?i)q=0(\\.0{0,3})?")) {
        return true;
      }
    }
    return false;
  }
}

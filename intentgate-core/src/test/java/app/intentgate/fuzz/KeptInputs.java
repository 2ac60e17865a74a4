package app.intentgate.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The inputs that are kept of one target: {@code fuzz/NAME.txt} among the test resources, one input
 * a line. Printable ASCII stands for itself, {@code \xNN} for any other byte, {@code \\} for a
 * backslash; a line that starts with {@code #} is a remark. What stands above {@link #FOUND} is
 * written by people, what is below by runs.
 */
final class KeptInputs {
  /** The line below which runs write what they found to reach further. */
  static final String FOUND = "# kept from runs";

  /** As many as runs may keep of a target: each is tried in every run of the tests. */
  private static final int MOST_FOUND = 300;

  private static final String HEX = "0123456789abcdef";

  private KeptInputs() {}

  /** The inputs of a target, in the file's order. */
  static List<byte[]> of(String name) {
    List<byte[]> inputs = new ArrayList<>();
    for (String line : lines(name)) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        inputs.add(read(line));
      }
    }
    return inputs;
  }

  /** Puts these in place of what earlier runs kept, shortest first; too many are not kept. */
  static void replace(String name, Path resources, Collection<byte[]> found) throws IOException {
    List<String> all = new ArrayList<>();
    for (String line : lines(name)) {
      if (line.equals(FOUND)) {
        break;
      }
      all.add(line);
    }
    List<String> written = new ArrayList<>();
    for (byte[] input : found) {
      String line = write(input);
      if (!line.isEmpty() && !all.contains(line)) {
        written.add(line);
      }
    }
    written.sort((a, b) -> a.length() != b.length() ? a.length() - b.length() : a.compareTo(b));
    all.add(FOUND);
    all.addAll(written.subList(0, Math.min(MOST_FOUND, written.size())));
    Files.write(resources.resolve("fuzz").resolve(name + ".txt"), all, StandardCharsets.US_ASCII);
  }

  private static List<String> lines(String name) {
    try (InputStream in = KeptInputs.class.getResourceAsStream("/fuzz/" + name + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("there is no fuzz/" + name + ".txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An input as its line. */
  static String write(byte[] input) {
    StringBuilder out = new StringBuilder(input.length + 16);
    for (int i = 0; i < input.length; i++) {
      int b = input[i] & 0xff;
      boolean blankEnd = b == ' ' && i == input.length - 1;
      if (b < ' ' || b > '~' || blankEnd || b == '#' && i == 0) {
        out.append("\\x").append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 0xf));
      } else {
        out.append(b == '\\' ? "\\\\" : String.valueOf((char) b));
      }
    }
    return out.toString();
  }

  private static byte[] read(String line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\\') {
        out.write(c);
      } else if (line.charAt(++i) == 'x') {
        out.write(HEX.indexOf(line.charAt(i + 1)) << 4 | HEX.indexOf(line.charAt(i + 2)));
        i += 2;
      } else {
        out.write('\\');
      }
    }
    return out.toByteArray();
  }
}

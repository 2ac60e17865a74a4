package app.intentgate.rego.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives block by block: what is read of them, and what is refused. */
class TarReaderTest {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

  /** Adds a member with a header of the older form, which has no prefix. */
  private TarReaderTest member(char type, String name, byte[] content) {
    return member(type, name, "", content, String.format("%011o", content.length));
  }

  private TarReaderTest member(char type, String name, String text) {
    return member(type, name, text.getBytes(UTF_8));
  }

  private TarReaderTest member(char type, String name, String prefix, byte[] content, String size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 124, size);
    header[156] = (byte) type;
    if (!prefix.isEmpty()) {
      put(header, 257, "ustar\0" + "00");
      put(header, 345, prefix);
    }
    put(header, 148, String.format("%06o\0 ", sum(header)));
    archive.writeBytes(header);
    archive.writeBytes(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
    return this;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  private static int sum(byte[] header) {
    int sum = 8 * ' ';
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? 0 : header[i] & 0xff;
    }
    return sum;
  }

  private byte[] ended() {
    archive.writeBytes(new byte[2 * BLOCK]);
    return archive.toByteArray();
  }

  private static Map<String, String> read(byte[] archive, long maxBytes) throws IOException {
    TarReader reader = new TarReader(new ByteArrayInputStream(archive), maxBytes);
    Map<String, String> files = new LinkedHashMap<>();
    for (TarReader.Member m = reader.next(); m != null; m = reader.next()) {
      files.put(m.name(), new String(m.content(), UTF_8));
    }
    return files;
  }

  private static Map<String, String> read(byte[] archive) throws IOException {
    return read(archive, 1 << 20);
  }

  @Test
  void regular_files_are_read_and_nothing_else() throws IOException {
    member('0', "a.rego", "package a");
    member('5', "folder/", "");
    member('2', "link.rego", "");
    member('1', "hard.rego", "");
    member('3', "device", "");
    member('g', "global", "16 comment=text\n");
    member('\0', "old.rego", "package old");
    member('0', "empty.json", "");
    assertThat(read(ended()))
        .containsExactly(
            Map.entry("a.rego", "package a"),
            Map.entry("old.rego", "package old"),
            Map.entry("empty.json", ""));
  }

  @Test
  void contents_are_read_to_the_byte_whatever_their_size() throws IOException {
    Random random = new Random(7);
    Map<String, String> expected = new LinkedHashMap<>();
    for (int size : new int[] {1, 511, 512, 513, 1024, 5000}) {
      StringBuilder text = new StringBuilder();
      while (text.length() < size) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      expected.put("f" + size, text.toString());
      member('0', "f" + size, text.toString());
    }
    assertThat(read(ended())).isEqualTo(expected);
  }

  @Test
  void long_names_come_in_three_ways_and_hold_for_one_file() throws IOException {
    String folder = "d".repeat(120);
    member('0', "short.rego", folder, "1".getBytes(UTF_8), "00000000001");
    member('L', "././@LongLink", folder + "/gnu.rego\0").member('0', "cut.rego", "2");
    member('x', "PaxHeaders/0", "30 mtime=1700000000.123456789\n" + "15 path=pax/é\n");
    member('0', "cut.rego", "3");
    member('0', "plain.rego", "4");
    assertThat(read(ended()))
        .containsExactly(
            Map.entry(folder + "/short.rego", "1"),
            Map.entry(folder + "/gnu.rego", "2"),
            Map.entry("pax/é", "3"),
            Map.entry("plain.rego", "4"));
  }

  @Test
  void a_long_name_of_what_is_passed_over_is_not_given_to_the_next_file() throws IOException {
    member('L', "././@LongLink", "link/name\0").member('2', "cut", "").member('0', "next", "1");
    assertThat(read(ended())).containsExactly(Map.entry("next", "1"));
  }

  @Test
  void the_end_is_an_empty_block_or_the_end_of_the_stream() throws IOException {
    member('0', "a", "1");
    byte[] open = archive.toByteArray();
    assertThat(read(open)).containsOnlyKeys("a");
    assertThat(read(Arrays.copyOf(open, open.length + BLOCK))).containsOnlyKeys("a");
    assertThat(read(new byte[0])).isEmpty();
    archive.writeBytes(new byte[BLOCK]);
    member('0', "behind the end", "2");
    assertThat(read(archive.toByteArray())).containsOnlyKeys("a");
  }

  @Test
  void an_archive_that_is_cut_off_is_refused_wherever_that_is() {
    member('0', "a", "x".repeat(600)).member('0', "b", "y");
    byte[] whole = archive.toByteArray();
    int files = 0;
    for (int end = 1; end < whole.length; end += 37) {
      byte[] cut = Arrays.copyOf(whole, end);
      boolean between = end % BLOCK == 0 && (end == 3 * BLOCK || end == 5 * BLOCK);
      if (!between) {
        assertThatThrownBy(() -> read(cut)).as("cut at %d", end).isInstanceOf(EOFException.class);
        files++;
      }
    }
    assertThat(files).isGreaterThan(60);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 50, 124, 135, 148, 150, 156, 257, 345, 511})
  void a_header_whose_sum_is_wrong_is_refused(int offset) {
    member('0', "a.rego", "1");
    byte[] broken = ended();
    broken[offset] ^= 1;
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(IOException.class)
        .hasMessage("tar: invalid header");
  }

  @Test
  void what_is_no_archive_is_refused() {
    byte[] text = "not an archive at all ".repeat(60).getBytes(UTF_8);
    assertThatThrownBy(() -> read(text)).hasMessage("tar: invalid header");
  }

  @Test
  void sizes_are_bounded() throws IOException {
    member('0', "a", "x".repeat(1000)).member('0', "b", "y".repeat(24));
    byte[] whole = ended();
    assertThat(read(whole, 1536)).hasSize(2);
    assertThatThrownBy(() -> read(whole, 1535)).hasMessage("tar: the archive is too large");
    archive.reset();
    member('5', "skipped", "x".repeat(2000));
    byte[] skipped = ended();
    assertThatThrownBy(() -> read(skipped, 1024)).hasMessage("tar: the archive is too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"77777777777", "17777777777"})
  void a_size_that_no_array_has_is_refused(String size) {
    member('0', "a", "", new byte[0], size);
    assertThatThrownBy(() -> read(ended(), Long.MAX_VALUE)).hasMessage("tar: a file is too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0000000001", "0000000008", "1e3", "0x10"})
  void a_size_that_is_no_octal_number_is_refused(String size) {
    member('0', "a", "", new byte[0], size);
    assertThatThrownBy(() -> read(ended()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("tar: ");
  }

  @ParameterizedTest
  @ValueSource(chars = {'L', 'x'})
  void a_name_is_bounded(char type) {
    member(type, "name", "n".repeat((1 << 16) + 1));
    assertThatThrownBy(() -> read(ended())).hasMessage("tar: a name is too long");
  }
}

package app.intentgate.server.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A secret in a file that only its owner reads: made with mode 0600, refused with any other where
 * the file system has modes (B12).
 */
final class SecretFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int MAX_BYTES = 64 * 1024;

  private final Path path;

  SecretFile(Path path) {
    this.path = path;
  }

  /**
   * The secret in the file; where there is no file, one is generated and kept there.
   *
   * @throws ConfigException when others may read the file, or it cannot be read or written
   */
  String readOrCreate(Supplier<String> generator) {
    if (!Files.exists(path)) {
      try {
        create(generator.get());
      } catch (FileAlreadyExistsException e) {
        // Somebody else's start made it meanwhile.
      } catch (IOException e) {
        throw new ConfigException("cannot write " + path + ": " + reason(e), e);
      }
    }
    return read();
  }

  /** Whoever finds the file finds all of it: it is written under another name first. */
  private void create(String secret) throws IOException {
    Path whole = path.toAbsolutePath();
    Path draft =
        Files.createTempFile(whole.getParent(), whole.getFileName() + ".", ".new", modes());
    try {
      try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(true);
      }
      giveName(draft, whole);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** A link is made only where nothing is; where there are no links, a move replaces nothing. */
  private static void giveName(Path draft, Path name) throws IOException {
    try {
      Files.createLink(name, draft);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      Files.move(draft, name);
    }
  }

  private static FileAttribute<?>[] modes() {
    return hasModes()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private String read() {
    try {
      if (hasModes()) {
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(Files.getPosixFilePermissions(path));
        others.removeAll(
            EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE));
        if (!others.isEmpty()) {
          throw new ConfigException(
              path + " can be read or changed by others than its owner: chmod 600 " + path);
        }
      }
      if (Files.size(path) > MAX_BYTES) {
        throw new ConfigException(path + " is too large to be a key file");
      }
      String text = Files.readString(path, StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        throw new ConfigException(path + " is empty: delete it to have a new one made");
      }
      return text;
    } catch (IOException e) {
      throw new ConfigException("cannot read " + path + ": " + reason(e), e);
    }
  }

  private static boolean hasModes() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  static String reason(IOException e) {
    String name = e.getClass().getSimpleName().replace("Exception", "");
    return switch (name) {
      case "AccessDenied" -> "access denied";
      case "NoSuchFile" -> "there is no such file or directory";
      case "NotDirectory" -> "it is no directory";
      default -> String.valueOf(e.getMessage());
    };
  }
}

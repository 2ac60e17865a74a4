package app.intentgate.server.doctor;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.AuditFileVerifier.Form;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at a data directory and changes nothing in it. */
public final class DirectoryDoctor {
  private static final List<String> SECRETS =
      List.of("master.key", "admin.token", "checkpoint.key");
  private static final List<String> STORES = List.of("audit.jsonl", "intentgate.db");
  private static final List<String> LOCKS =
      List.of("audit.jsonl.lock", "state.jsonl.lock", "intentgate.db.lock", "audit.spill.lock");
  private static final int MAX_SECRET_BYTES = 64 * 1024;
  private static final long VERIFY_UP_TO = 256L << 20;

  private final Path directory;
  private final boolean keyIsGiven;
  private final List<Finding> found = new ArrayList<>();

  private DirectoryDoctor(Path directory, boolean keyIsGiven) {
    this.directory = directory;
    this.keyIsGiven = keyIsGiven;
  }

  /**
   * Looks at a directory.
   *
   * @param keyIsGiven whether the configuration has the master key, so that no file needs to
   */
  public static List<Finding> examine(Path directory, boolean keyIsGiven) {
    DirectoryDoctor doctor = new DirectoryDoctor(directory, keyIsGiven);
    try {
      doctor.examine();
    } catch (IOException e) {
      doctor.bad("cannot be read: " + e);
    }
    return doctor.found;
  }

  private void bad(String text) {
    found.add(Finding.bad(directory.toString(), text));
  }

  private void examine() throws IOException {
    if (!Files.exists(directory)) {
      found.add(Finding.ok(directory.toString(), "is not there yet; the first start makes it"));
      return;
    }
    if (!Files.isDirectory(directory)) {
      bad("is no directory");
      return;
    }
    if (!Files.isWritable(directory) || !Files.isReadable(directory)) {
      bad("this user may not write or read it: run as its owner");
      return;
    }
    if (isOpenToOthers(directory)) {
      bad("others than its owner may enter it: chmod 700 " + directory);
    }
    keys();
    for (String lock : LOCKS) {
      lock(directory.resolve(lock));
    }
    log(directory.resolve("audit.jsonl"));
    if (found.isEmpty()) {
      found.add(Finding.ok(directory.toString(), "permissions, keys and files are as they should"));
    }
  }

  private static boolean isOpenToOthers(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> all = Files.getPosixFilePermissions(path);
    return all.stream().anyMatch(p -> !p.name().startsWith("OWNER_"));
  }

  private void keys() throws IOException {
    boolean used = STORES.stream().anyMatch(store -> Files.exists(directory.resolve(store)));
    for (String name : SECRETS) {
      Path file = directory.resolve(name);
      if (!Files.exists(file)) {
        boolean needed =
            name.equals("checkpoint.key") || (name.equals("master.key") && !keyIsGiven);
        if (used && needed) {
          found.add(
              Finding.bad(
                  file.toString(),
                  name.equals("master.key")
                      ? "is missing: no token minted so far verifies; restore it from a copy"
                      : "is missing: the next start makes another, which auditors must be told"));
        }
      } else if (isOpenToOthers(file)) {
        found.add(
            Finding.bad(file.toString(), "others than its owner may read it: chmod 600 " + file));
      } else {
        contents(name, file);
      }
    }
  }

  /** Whether a gate could start with what a file holds, of which nothing is told. */
  private void contents(String name, Path file) throws IOException {
    String wrong = null;
    if (Files.size(file) > MAX_SECRET_BYTES) {
      wrong = "is too large to hold a key";
    } else {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        wrong = "is empty";
      } else if (!isUsable(name, text)) {
        wrong = "holds no key";
      }
    }
    if (wrong != null) {
      found.add(Finding.bad(file.toString(), wrong + ": restore it from a copy"));
    }
  }

  private boolean isUsable(String name, String text) {
    try {
      if (name.equals("master.key") && !keyIsGiven) {
        var unused = KeyRing.parse(text);
      } else if (name.equals("checkpoint.key")) {
        var unused = CheckpointKey.decode(text);
      }
      return true;
    } catch (TokenException | IllegalArgumentException e) {
      return false;
    }
  }

  private void lock(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        String pid = Files.readString(file).strip();
        found.add(Finding.warn(file.toString(), "process " + pid + " has the store open"));
      }
    } catch (OverlappingFileLockException e) {
      found.add(Finding.warn(file.toString(), "this process has the store open"));
    }
  }

  private void log(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    if (Files.exists(directory.resolve("audit.jsonl.torn"))) {
      found.add(
          Finding.warn(
              file.toString(), "a crash once cut a line short; audit.jsonl.torn has what it held"));
    }
    long size = Files.size(file);
    if (size > 0 && !endsInLineFeed(file, size)) {
      found.add(
          Finding.warn(
              file.toString(),
              "ends in a line that was cut short; the next start moves it to audit.jsonl.torn"));
    }
    if (size > VERIFY_UP_TO) {
      found.add(Finding.ok(file.toString(), "is large: intentgate audit verify " + file));
      return;
    }
    try {
      AuditFileVerifier.Result result =
          AuditFileVerifier.verify(
              file, Form.EXACT, AuditFileVerifier.savedHeads(file), (bytes, events) -> {});
      var broken = result.broken();
      if (broken != null) {
        found.add(
            Finding.bad(
                file.toString(),
                "is broken at event " + broken.seq() + ": " + broken.how().reason()));
      }
    } catch (AuditException e) {
      found.add(Finding.bad(file.toString(), String.valueOf(e.getMessage())));
    }
  }

  private static boolean endsInLineFeed(Path file, long size) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      bytes.seek(size - 1);
      return bytes.read() == '\n';
    }
  }
}

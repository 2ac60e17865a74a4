package app.intentgate.server.config;

import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.token.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys the gate signs with and the operators it knows: from the environment, or generated at
 * the first start and kept in the data directory.
 *
 * @param keys the master keys
 * @param superadmin the operator of all tenants, if there is one
 * @param tenantAdmins operators by tenant
 * @param generatedAdmin the file of the generated admin token, or null when none was generated
 */
public record Credentials(
    KeyRing keys,
    @Nullable Secret superadmin,
    Map<String, Secret> tenantAdmins,
    @Nullable Path generatedAdmin) {

  /**
   * Finds them, and makes what is missing.
   *
   * @throws ConfigException for a bad key, or a data directory or key file that cannot be used
   */
  public static Credentials of(Config config) {
    Path directory = config.get(StoreSettings.DATA_DIR);
    Map<String, Secret> tenants = config.get(OperatorSettings.TENANT_ADMINS, Map.of());
    Secret superadmin = config.find(OperatorSettings.ADMIN_TOKEN);
    if (config.isGiven(OperatorSettings.MASTER_KEY)) {
      KeyRing keys =
          keys(config.get(OperatorSettings.MASTER_KEY), OperatorSettings.MASTER_KEY.name());
      return new Credentials(keys, superadmin, tenants, null);
    }
    prepare(directory);
    Path keyFile = directory.resolve("master.key");
    String text = new SecretFile(keyFile).readOrCreate(Credentials::random);
    KeyRing keys = keys(String.join(",", text.lines().toList()), keyFile.toString());
    if (superadmin != null || !tenants.isEmpty()) {
      return new Credentials(keys, superadmin, tenants, null);
    }
    Path adminFile = directory.resolve("admin.token");
    String token = new SecretFile(adminFile).readOrCreate(Credentials::random);
    return new Credentials(keys, Secret.of(token), Map.of(), adminFile);
  }

  /**
   * The key that signs checkpoints: kept in the data directory beside the master key, made at the
   * first start. Without a durable store it dies with the gate.
   *
   * @throws ConfigException when the file cannot be used
   */
  public static CheckpointKey checkpointKey(Config config, Instant now) {
    if (config.store() == Choices.Store.MEMORY) {
      return CheckpointKey.generate(now);
    }
    Path file = config.get(StoreSettings.DATA_DIR).resolve("checkpoint.key");
    prepare(config.get(StoreSettings.DATA_DIR));
    try {
      return CheckpointKey.decode(
          new SecretFile(file).readOrCreate(() -> CheckpointKey.generate(now).encode()));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * A secret kept in a file that only its owner reads; made there when it is missing.
   *
   * @throws ConfigException when the file cannot be used
   */
  public static String kept(Path file, Supplier<String> generator) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      prepare(directory);
    }
    return new SecretFile(file).readOrCreate(generator);
  }

  /** Whether any operator may sign in; without one there are no admin routes. */
  public boolean hasOperators() {
    return superadmin != null || !tenantAdmins.isEmpty();
  }

  /**
   * Makes the data directory where it is missing, readable by its owner alone.
   *
   * @throws ConfigException when that fails
   */
  public static void prepare(Path directory) {
    try {
      if (Files.isDirectory(directory)) {
        return;
      }
      boolean modes = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (modes) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new ConfigException(
          "INTENTGATE_DATA_DIR " + directory + " cannot be made: " + SecretFile.reason(e), e);
    }
  }

  private static KeyRing keys(String text, String where) {
    try {
      return KeyRing.parse(text);
    } catch (RuntimeException e) {
      throw new ConfigException(where + ": " + e.getMessage(), e);
    }
  }

  private static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

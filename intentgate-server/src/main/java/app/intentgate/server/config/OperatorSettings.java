package app.intentgate.server.config;

import java.util.List;
import java.util.Map;

/** Variables of keys, and who operates the gate. */
public final class OperatorSettings {
  private static final SettingRows ROWS = new SettingRows();

  /** The master keys, newest first; parsed by the key ring. */
  public static final Setting<String> MASTER_KEY =
      ROWS.secret(
          "MASTER_KEY",
          "one or more base64 keys of at least 16 bytes, comma separated, newest first",
          "Signs and verifies tokens: the first signs, all verify. Unset: generated once and kept"
              + " in master.key of the data directory.",
          text -> text);

  /** Verifies on-behalf-of tokens. */
  public static final Setting<String> OBO_KEY =
      ROWS.secret(
          "OBO_KEY",
          "any text",
          "Key of on-behalf-of tokens; unset, such a token is refused.",
          text -> text);

  /** The superadmin's token. */
  public static final Setting<Secret> ADMIN_TOKEN =
      ROWS.secret(
          "ADMIN_TOKEN",
          "any text",
          "Token of the operator of all tenants. With a master key set and no admin token of either"
              + " kind there are no admin routes.",
          text -> Secret.of(text.strip()));

  /** Tokens of tenants' admins. */
  public static final Setting<Map<String, Secret>> TENANT_ADMINS =
      ROWS.secret(
          "TENANT_ADMINS",
          "tenant:token, comma separated",
          "Tokens of the operators of one tenant each.",
          Parsers::tenantAdmins);

  private OperatorSettings() {}

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}

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
          Parsers::notBlank);

  /** Verifies on-behalf-of tokens. */
  public static final Setting<String> OBO_KEY =
      ROWS.secret(
          "OBO_KEY",
          "a text that is not blank",
          "Key of on-behalf-of tokens; unset, such a token is refused.",
          Parsers::notBlank);

  /** The superadmin's token. */
  public static final Setting<Secret> ADMIN_TOKEN =
      ROWS.secret(
          "ADMIN_TOKEN",
          "a text that is not blank",
          "Token of the operator of all tenants. With a master key set and no admin token of either"
              + " kind there are no admin routes.",
          text -> Secret.of(Parsers.notBlank(text).strip()));

  /** Tokens of tenants' admins. */
  public static final Setting<Map<String, Secret>> TENANT_ADMINS =
      ROWS.secret(
          "TENANT_ADMINS",
          "tenant:token, comma separated",
          "Tokens of the operators of one tenant each.",
          Parsers::tenantAdmins);

  private OperatorSettings() {}

  /**
   * Refuses one token for two operators: whoever of a tenant has it would be the other too.
   *
   * @throws ConfigException naming the tenant
   */
  static void check(Config config) {
    Secret superadmin = config.find(ADMIN_TOKEN);
    config
        .get(TENANT_ADMINS, Map.of())
        .forEach(
            (tenant, token) -> {
              if (superadmin != null && superadmin.isSameAs(token)) {
                throw new ConfigException(
                    TENANT_ADMINS.name()
                        + ": the token of tenant \""
                        + tenant
                        + "\" is "
                        + ADMIN_TOKEN.name()
                        + "'s: give each operator another");
              }
            });
  }

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}

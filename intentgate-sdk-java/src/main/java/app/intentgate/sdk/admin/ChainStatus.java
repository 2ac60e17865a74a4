package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;

/**
 * Whether a tenant's chain is intact.
 *
 * @param ok whether it is
 * @param verified how many events were verified
 * @param brokenReason what is wrong with the first that is; empty when none is
 * @param json the report as it came
 */
public record ChainStatus(boolean ok, long verified, String brokenReason, JsonObject json) {
  static ChainStatus of(JsonObject report) {
    return new ChainStatus(
        Reading.flag(report, "ok"),
        Reading.number(report, "verified"),
        Reading.text(Reading.object(report, "broken_at"), "reason"),
        report);
  }
}

package app.intentgate.server.admin;

import app.intentgate.audit.AuditChain;
import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.Checkpointer;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import app.intentgate.json.JsonOutput;
import java.util.Map;

/** Where each chain stood, signed, and the keys that verify it (B28). */
final class CheckpointRoutes implements RouteGroup {
  private final Checkpointer checkpointer;

  CheckpointRoutes(Checkpointer checkpointer) {
    this.checkpointer = checkpointer;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of(
        "GET /v1/admin/audit/checkpoints", this::list, "GET /v1/admin/audit/key", this::keys);
  }

  private void list(AdminCall call) {
    String chain = AuditChain.keyOf(call.tenantOfQuery());
    long from = call.numberOfQuery("from_sequence", 0, 0, Long.MAX_VALUE);
    JsonOutput out = AdminCall.json().name("checkpoints").beginArray();
    for (Checkpoint checkpoint : checkpointer.store().list(chain, from, call.limit())) {
      write(out, checkpoint);
    }
    call.reply(out.endArray());
  }

  /** Writes a checkpoint as every answer has it. */
  static void write(JsonOutput out, Checkpoint checkpoint) {
    out.beginObject().name("tenant").string(checkpoint.tenant());
    out.name("sequence").number(checkpoint.sequence());
    out.name("head_hash").string(checkpoint.headHash());
    out.name("at").string(checkpoint.at().toString());
    out.name("key_id").string(checkpoint.keyId());
    out.name("note").string(checkpoint.note()).endObject();
  }

  private void keys(AdminCall call) {
    JsonOutput out = AdminCall.json().name("keys").beginArray();
    for (PublicCheckpointKey key : checkpointer.store().keys()) {
      out.beginObject().name("key_id").string(key.id());
      out.name("algorithm").string("Ed25519");
      out.name("public_key").string(key.publicKey());
      out.name("not_before").string(key.notBefore().toString()).endObject();
    }
    call.reply(out.endArray());
  }
}

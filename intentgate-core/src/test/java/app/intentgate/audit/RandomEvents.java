package app.intentgate.audit;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes events with any members and any text that JSON can say, the same for the same seed. */
final class RandomEvents {
  private static final String[] TENANTS = {"", "acme", "globex", "tenánt-ß"};
  private static final String ODD =
      "ab<>&\"\\/\u0000\u0001\b\f\n\r"
          + "\t\u001f\u007f\u0085é\u2028\u2029\ud83d\ude00\ufffd\ufeff='+-@;,";

  private final Random random;
  private long at = Instant.parse("2026-05-11T22:30:00Z").getEpochSecond() * 1_000_000;

  RandomEvents(long seed) {
    random = new Random(seed);
  }

  /** An ordinary allowed call. */
  static AuditEventBuilder call(String tenant) {
    return AuditEvent.builder()
        .at(Instant.parse("2026-05-11T22:30:01.123456Z"))
        .decision(AuditDecision.ALLOW)
        .phase(AuditPhase.DECISION)
        .tenant(tenant)
        .agentId("agent-x")
        .tool("read_invoice")
        .callId("AAAAAGdld2lsbGlhbS1jcQ");
  }

  AuditEvent next() {
    return next(TENANTS[random.nextInt(TENANTS.length)]);
  }

  AuditEvent next(String tenant) {
    at += random.nextInt(3_000_000);
    AuditEventBuilder event =
        AuditEvent.builder()
            .at(Instant.ofEpochSecond(at / 1_000_000, at % 1_000_000 * 1000))
            .decision(pick(AuditDecision.values()))
            .tenant(tenant);
    for (AuditField field : AuditField.values()) {
      boolean fixed =
          switch (field) {
            case TS, SCHEMA_VERSION, DECISION, TENANT, SUMMARY, PHASE -> true;
            default -> field.isSetByStore();
          };
      if (!fixed && random.nextInt(3) > 0) {
        event.stored(field, value(field.kind()));
      }
    }
    return random.nextBoolean() ? event.phase(pick(AuditPhase.values())).build() : event.build();
  }

  Object value(AuditField.Kind kind) {
    return switch (kind) {
      case TIME -> Instant.ofEpochSecond(at / 1_000_000 + 1 + random.nextInt(1000));
      case TEXT -> text();
      case INT -> random.nextInt(4) == 0 ? random.nextLong() >> 1 : (long) random.nextInt(2000);
      case FLAG -> true;
      case TEXTS -> List.of(text(), text(), "id");
      case OBJECT -> object(0);
    };
  }

  private JsonObject object(int depth) {
    JsonObject.Builder object = JsonObject.builder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      object.put(text(), json(depth));
    }
    return object.build();
  }

  private JsonValue json(int depth) {
    return switch (random.nextInt(depth < 3 ? 7 : 5)) {
      case 0 -> JsonValue.of(text());
      case 1 -> JsonValue.of(random.nextBoolean());
      case 2 -> JsonValue.ofNull();
      case 3 -> JsonNumber.parse(pick(new String[] {"1e400", "9007199254740993", "-0.50", "7"}));
      case 4 -> JsonNumber.of(random.nextInt());
      case 5 -> object(depth + 1);
      default -> JsonArray.of(json(depth + 1), json(depth + 1));
    };
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      int kind = random.nextInt(10);
      if (kind == 0) {
        text.append((char) (Character.MIN_SURROGATE + random.nextInt(0x800)));
      } else if (kind < 4) {
        text.append(ODD.charAt(random.nextInt(ODD.length())));
      } else {
        text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  private <T> T pick(T[] all) {
    return all[random.nextInt(all.length)];
  }

  /** Events chained per tenant, in one order. */
  List<StoredEvent> chained(int count) {
    Map<String, StoredEvent> tips = new HashMap<>();
    List<StoredEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AuditEvent event = next();
      StoredEvent tip = tips.get(AuditChain.keyOf(event.tenant()));
      StoredEvent stored =
          tip == null
              ? AuditChain.link(event, 1, "")
              : AuditChain.link(event, tip.seq() + 1, tip.hash());
      tips.put(stored.chain(), stored);
      events.add(stored);
    }
    return events;
  }
}

package app.intentgate.pin;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditStore;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.operator.Operator;
import app.intentgate.operator.OperatorEvents;
import app.intentgate.pin.PinException.Code;
import app.intentgate.store.Stages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds tools against what they were when they were agreed to. The first complete list of a server
 * is trusted, unless this is strict, and for at most five minutes, so that a server whose list
 * never ends is not trusted for ever; what is new or has changed afterwards is quarantined until an
 * operator accepts it, or until it is again what was accepted. Every such change is recorded. In
 * force at once on this gate, also while the store is away. Never blocks; thread-safe.
 */
public final class ToolPins {
  private static final System.Logger LOG = System.getLogger(ToolPins.class.getName());

  /** How long after its first page a first list may go on. */
  static final Duration FIRST_LIST = Duration.ofMinutes(5);

  private static final int MAX_TOOLS = 10_000;
  private static final int MAX_CURSORS = 1_000;
  private static final int LONGEST_NAME = 512;
  private static final int NAMED = 20;
  private static final ToolDefinition NOTHING = new ToolDefinition("", "");

  private final ToolPinStore store;
  private final AuditStore audit;
  private final Clock clock;
  private final boolean strict;

  /** What is in force here and on its way into the store. */
  private final Map<ToolPin.Key, ToolPin> pending = new ConcurrentHashMap<>();

  /** What the store did not take. */
  private final Set<ToolPin.Key> unstored = ConcurrentHashMap.newKeySet();

  /** Where first lists go on, by server. */
  private final Map<String, Set<String>> cursors = new ConcurrentHashMap<>();

  /** When first lists began, by server. */
  private final Map<String, Instant> begun = new ConcurrentHashMap<>();

  /** Servers that have more tools than are kept. */
  private final Set<String> full = ConcurrentHashMap.newKeySet();

  /**
   * Pins.
   *
   * @param strict whether the first list is not trusted either, and what was never listed is
   *     refused
   */
  public ToolPins(ToolPinStore store, AuditStore audit, Clock clock, boolean strict) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.strict = strict;
  }

  /**
   * Whether a tool may be listed. One whose name cannot be written down cannot be pinned, and is
   * never listed.
   *
   * @param tool the server's own name
   */
  public boolean mayBeListed(String upstream, String tool) {
    return isUsable(tool) && objection(upstream, tool) == null;
  }

  /**
   * Why a tool may not be called, as a sentence for an agent; null when it may.
   *
   * @param tool the server's own name
   */
  public @Nullable String objection(String upstream, String tool) {
    ToolPin pin = find(new ToolPin.Key(upstream, tool));
    if (pin == null) {
      return strict || full.contains(upstream) ? "it was not accepted by an operator" : null;
    }
    return switch (pin.status()) {
      case ACCEPTED -> null;
      case REJECTED -> "an operator rejected it as it is now";
      case QUARANTINED ->
          pin.accepted() == null
              ? "it is new and waits for an operator to accept it"
              : "its description or schema changed, and it waits for an operator to accept it";
    };
  }

  private @Nullable ToolPin find(ToolPin.Key key) {
    ToolPin here = pending.get(key);
    return here != null ? here : store.find(key);
  }

  /**
   * Takes note of one page of a server's list.
   *
   * @param tools the entries of the page
   * @param cursor where the page began; null for the first
   * @param next where the list goes on; null when this was the end
   */
  public void listed(
      String upstream,
      Iterable<? extends JsonValue> tools,
      @Nullable String cursor,
      @Nullable String next) {
    storeAgain(upstream);
    boolean first = !strict && find(new ToolPin.Key(upstream, "")) == null && isInTime(upstream);
    List<ToolPin> made = new ArrayList<>();
    int room = -1;
    for (JsonValue entry : tools) {
      if (!(entry instanceof JsonObject tool)
          || !(tool.get("name") instanceof JsonString name)
          || !isUsable(name.value())) {
        continue;
      }
      ToolPin.Key key = new ToolPin.Key(upstream, name.value());
      ToolPin known = find(key);
      if (known != null) {
        seen(known, ToolDefinition.of(tool));
        continue;
      }
      room = room < 0 ? MAX_TOOLS - list(upstream, null).size() : room;
      if (room == 0) {
        full.add(upstream);
        break;
      }
      room--;
      ToolPin pin = made(key, ToolDefinition.of(tool), first);
      if (first) {
        made.add(pin);
      } else {
        quarantined(pin, "a new tool is quarantined");
      }
    }
    if (!made.isEmpty()) {
      trusted(upstream, made);
    }
    if (first && isWholeBy(upstream, cursor, next)) {
      endFirstList(upstream);
    }
  }

  /** Whether a first list may still go on; ends it otherwise. */
  private boolean isInTime(String upstream) {
    Instant began = begun.computeIfAbsent(upstream, this::trustedSince);
    if (clock.instant().isBefore(began.plus(FIRST_LIST))) {
      return true;
    }
    endFirstList(upstream);
    append(
        event(upstream)
            .decision(AuditDecision.BLOCK)
            .reason("the first list did not end in time: what is new is quarantined from now on")
            .build());
    return false;
  }

  /**
   * When the first page came, on whatever gate of the store and before whatever restart; or now.
   */
  private Instant trustedSince(String upstream) {
    return list(upstream, null).stream()
        .filter(pin -> pin.accepted() != null && !pin.accepted().text().isEmpty())
        .map(ToolPin::firstSeen)
        .min(Comparator.naturalOrder())
        .orElseGet(clock::instant);
  }

  private void endFirstList(String upstream) {
    keep(null, new ToolPin(upstream, "", NOTHING, null, PinStatus.ACCEPTED, clock.instant()));
    cursors.remove(upstream);
    begun.remove(upstream);
  }

  /** Whether the page ends a list that was seen from its beginning. */
  private boolean isWholeBy(String upstream, @Nullable String cursor, @Nullable String next) {
    Set<String> open = cursors.computeIfAbsent(upstream, u -> ConcurrentHashMap.newKeySet());
    if (cursor != null && !open.contains(cursor)) {
      return false;
    }
    if (next == null) {
      return true;
    }
    if (open.size() < MAX_CURSORS) {
      open.add(next);
    }
    return false;
  }

  private ToolPin made(ToolPin.Key key, ToolDefinition now, boolean trusted) {
    ToolPin pin =
        new ToolPin(
            key.upstream(),
            key.tool(),
            now,
            trusted ? now : null,
            trusted ? PinStatus.ACCEPTED : PinStatus.QUARANTINED,
            clock.instant());
    keep(null, pin);
    return pin;
  }

  /** Takes note of a tool that was listed before, or accepted by its hash. */
  private void seen(ToolPin known, ToolDefinition now) {
    ToolDefinition accepted = known.accepted();
    boolean asAccepted = accepted != null && accepted.sha256().equals(now.sha256());
    if (known.seen().sha256().equals(now.sha256())) {
      if (asAccepted && known.seen().text().isEmpty() && !now.text().isEmpty()) {
        keep(known, known.as(now, known.status()).textOfAccepted(now));
      }
      return;
    }
    ToolPin pin = known.as(now, asAccepted ? PinStatus.ACCEPTED : PinStatus.QUARANTINED);
    keep(known, pin);
    if (asAccepted) {
      record(pin, AuditDecision.ALLOW, "the tool is again what was accepted");
    } else {
      quarantined(pin, accepted == null ? "a new tool changed" : "a changed tool is quarantined");
    }
  }

  /** In force at once; what the store does not take is tried again when it is listed again. */
  private void keep(@Nullable ToolPin expected, ToolPin next) {
    pending.put(next.key(), next);
    store
        .replace(expected, next)
        .whenComplete(
            (kept, failure) -> {
              if (failure == null) {
                // Somebody else was faster where it was not kept: then theirs holds.
                pending.remove(next.key(), next);
              } else {
                unstored.add(next.key());
                LOG.log(
                    System.Logger.Level.ERROR,
                    "the pin of {0} of {1} could not be stored: {2}",
                    next.tool(),
                    next.upstream(),
                    failure);
              }
            });
  }

  private void storeAgain(String upstream) {
    for (ToolPin.Key key : List.copyOf(unstored)) {
      if (key.upstream().equals(upstream) && unstored.remove(key)) {
        ToolPin pin = pending.get(key);
        if (pin != null) {
          keep(store.find(key), pin);
        }
      }
    }
  }

  private void quarantined(ToolPin pin, String what) {
    ToolDefinition accepted = pin.accepted();
    String members =
        accepted == null
            ? ""
            : pin.seen().since(accepted).stream()
                .map(ToolDefinition.Difference::member)
                .collect(Collectors.joining(", "));
    record(
        pin,
        AuditDecision.BLOCK,
        what
            + (members.isEmpty() ? "" : " (" + members + ")")
            + ": sha256 "
            + pin.seen().sha256()
            + (accepted == null ? "" : ", accepted was " + accepted.sha256()));
  }

  private void trusted(String upstream, List<ToolPin> made) {
    String names = made.stream().limit(NAMED).map(ToolPin::tool).collect(Collectors.joining(", "));
    append(
        event(upstream)
            .decision(AuditDecision.ALLOW)
            .reason(
                made.size()
                    + " tools are trusted at first sight: "
                    + names
                    + (made.size() > NAMED ? ", …" : ""))
            .build());
  }

  private void record(ToolPin pin, AuditDecision decision, String reason) {
    append(event(pin.upstream() + "." + pin.tool()).decision(decision).reason(reason).build());
  }

  private AuditEventBuilder event(String tool) {
    return AuditEvent.builder()
        .event(AuditEventNames.TOOL_PIN)
        .at(clock.instant())
        .check("tool_schema")
        .tool(tool);
  }

  private void append(AuditEvent event) {
    audit
        .append(event)
        .whenComplete(
            (stored, failure) -> {
              if (failure != null) {
                LOG.log(
                    System.Logger.Level.ERROR, "a pin''s event could not be stored: {0}", failure);
              }
            });
  }

  /** A name that can be written down; others are never shown nor called. */
  private static boolean isUsable(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < 0x20 || c == 0x7f) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == name.length()
            || !Character.isLowSurrogate(name.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** The pins of a server, or of all where that is null, by server and tool. */
  public List<ToolPin> list(@Nullable String upstream, @Nullable PinStatus status) {
    Map<ToolPin.Key, ToolPin> all = new HashMap<>();
    store.list(upstream).forEach(pin -> all.put(pin.key(), pin));
    pending.forEach(
        (key, pin) -> {
          if (upstream == null || key.upstream().equals(upstream)) {
            all.put(key, pin);
          }
        });
    return all.values().stream()
        .filter(pin -> !pin.isMark() && (status == null || pin.status() == status))
        .sorted(Comparator.comparing(ToolPin::upstream).thenComparing(ToolPin::tool))
        .toList();
  }

  /**
   * Accepts or rejects a tool as it was last listed; recorded before it is in force.
   *
   * @param sha256 the hash that was looked at
   * @return the pin afterwards, once it is in force
   * @throws PinException when there is no such tool, or it has another hash by now
   */
  public CompletionStage<ToolPin> decide(
      String upstream, String tool, String sha256, boolean accept, Operator operator) {
    ToolPin known = find(new ToolPin.Key(upstream, tool));
    if (known == null || known.isMark()) {
      throw new PinException(Code.NOT_FOUND, "the server " + upstream + " never listed " + tool);
    }
    if (!known.seen().sha256().equals(sha256.toLowerCase(Locale.ROOT))) {
      throw changed(known);
    }
    ToolPin next = accept ? known.acceptedNow() : known.rejectedNow();
    AuditEvent event =
        OperatorEvents.event(
                operator, "admin/tool-pin/" + (accept ? "accept" : "reject"), clock.instant())
            .decision(accept ? AuditDecision.ALLOW : AuditDecision.BLOCK)
            .check("tool_schema")
            .reason(
                (accept ? "accepted " : "rejected ")
                    + upstream
                    + "."
                    + tool
                    + ": sha256 "
                    + known.seen().sha256())
            .build();
    return Stages.then(
        audit.append(event),
        stored ->
            Stages.then(
                store.replace(known, next),
                replaced -> {
                  if (replaced) {
                    pending.remove(known.key(), known);
                    return CompletableFuture.completedFuture(next);
                  }
                  return CompletableFuture.<ToolPin>failedFuture(changed(known));
                }));
  }

  private static PinException changed(ToolPin known) {
    return new PinException(
        Code.CONFLICT,
        known.tool() + " changed since it was looked at; its sha256 is " + known.seen().sha256());
  }

  /**
   * Takes a tool for accepted by its hash alone, such as from a file, unless one was accepted
   * before.
   */
  public void accept(String upstream, String tool, String sha256) {
    ToolPin known = find(new ToolPin.Key(upstream, tool));
    ToolDefinition given = new ToolDefinition(sha256, "");
    if (known == null) {
      keep(null, new ToolPin(upstream, tool, given, given, PinStatus.ACCEPTED, clock.instant()));
    } else if (known.accepted() == null) {
      keep(
          known,
          new ToolPin(
              upstream,
              tool,
              known.seen(),
              given,
              known.seen().sha256().equals(sha256) ? PinStatus.ACCEPTED : known.status(),
              known.firstSeen()));
    }
  }
}

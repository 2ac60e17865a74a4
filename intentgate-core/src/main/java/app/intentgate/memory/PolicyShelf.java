package app.intentgate.memory;

import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyRevision;
import app.intentgate.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drafts with all their revisions, the one saved last at the end. Not thread-safe. */
final class PolicyShelf {
  static final int MAX_DRAFTS = 10_000;
  static final long MAX_CHARACTERS = 256L << 20;

  private final Map<String, List<PolicyRevision>> revisions = new LinkedHashMap<>();
  private final Map<String, PolicyDraft> drafts = new LinkedHashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private long characters;

  boolean knows(String id) {
    return drafts.containsKey(id);
  }

  /** A draft that was not deleted, of that tenant or of any for null. */
  @Nullable PolicyDraft present(String id, @Nullable String tenant) {
    PolicyDraft draft = drafts.get(id);
    return draft == null
            || deleted.contains(id)
            || (tenant != null && !tenant.equals(draft.tenant()))
        ? null
        : draft;
  }

  @Nullable PolicyDraft latest(String id) {
    return drafts.get(id);
  }

  @Nullable PolicyDraft at(String id, int number) {
    PolicyDraft draft = drafts.get(id);
    if (draft == null) {
      return null;
    }
    for (PolicyRevision revision : revisions.getOrDefault(id, List.of())) {
      if (revision.number() == number) {
        return draft.at(revision);
      }
    }
    return null;
  }

  /** Adds a draft, or another revision of one, behind all others. */
  void add(PolicyDraft draft) {
    characters += size(draft.at());
    drafts.remove(draft.id());
    drafts.put(draft.id(), draft);
    revisions.computeIfAbsent(draft.id(), id -> new ArrayList<>()).add(draft.at());
  }

  /** Takes the newest revision of a draft away again. */
  void undo(PolicyDraft added, @Nullable PolicyDraft before) {
    characters -= size(added.at());
    List<PolicyRevision> all = revisions.get(added.id());
    if (all != null) {
      all.remove(added.at());
    }
    if (before == null) {
      drafts.remove(added.id());
      revisions.remove(added.id());
    } else {
      drafts.put(added.id(), before);
    }
  }

  void setDeleted(String id, boolean gone) {
    if (gone) {
      deleted.add(id);
    } else {
      deleted.remove(id);
    }
  }

  boolean isDeleted(String id) {
    return deleted.contains(id);
  }

  void refuseWhenFull(PolicyRevision next) {
    if (drafts.size() >= MAX_DRAFTS && !drafts.containsKey(next.draftId())) {
      throw new StoreUnavailableException("the policy store holds " + MAX_DRAFTS + " drafts");
    }
    if (characters + size(next) > MAX_CHARACTERS) {
      throw new StoreUnavailableException(
          "the policy store holds " + MAX_CHARACTERS + " characters of source");
    }
  }

  private static long size(PolicyRevision revision) {
    return (long) revision.source().length()
        + revision.testsSource().length()
        + revision.description().length();
  }

  /** Every draft that was not deleted, the one saved last first. */
  List<PolicyDraft> list(@Nullable String tenant) {
    List<PolicyDraft> out = new ArrayList<>();
    for (PolicyDraft draft : drafts.values()) {
      if (!deleted.contains(draft.id()) && (tenant == null || tenant.equals(draft.tenant()))) {
        out.add(draft);
      }
    }
    Collections.reverse(out);
    return out;
  }

  /** Every revision of every draft, in an order in which they can be added again. */
  List<PolicyDraft> all() {
    List<PolicyDraft> out = new ArrayList<>();
    for (PolicyDraft draft : drafts.values()) {
      for (PolicyRevision revision : revisions.getOrDefault(draft.id(), List.of())) {
        out.add(draft.at(revision));
      }
    }
    return out;
  }
}

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

/**
 * Drafts with all their revisions, the one saved last at the end; of one tenant at most as much as
 * is left for the others. Not thread-safe.
 */
final class PolicyShelf {
  static final int MAX_DRAFTS = 10_000;
  static final long MAX_CHARACTERS = 256L << 20;

  /** What a revision takes beside its texts. */
  private static final int PER_REVISION = 1_000;

  private final Map<String, List<PolicyRevision>> revisions = new LinkedHashMap<>();
  private final Map<String, PolicyDraft> drafts = new LinkedHashMap<>();
  private final Set<String> deleted = new HashSet<>();

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
    drafts.remove(draft.id());
    drafts.put(draft.id(), draft);
    revisions.computeIfAbsent(draft.id(), id -> new ArrayList<>()).add(draft.at());
  }

  /** Takes the newest revision of a draft away again. */
  void undo(PolicyDraft added, @Nullable PolicyDraft before) {
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

  boolean hasDeleted() {
    return !deleted.isEmpty();
  }

  /** Forgets deleted drafts with all they said, but for those of these ids. */
  void forgetDeleted(Set<String> kept) {
    for (String id : List.copyOf(deleted)) {
      if (!kept.contains(id)) {
        deleted.remove(id);
        drafts.remove(id);
        revisions.remove(id);
      }
    }
  }

  /**
   * Refuses what there is no room for. Adds all up: operators save seldom.
   *
   * @param next a new draft, or one with another revision
   */
  void refuseWhenFull(PolicyDraft next) {
    int ofTenant = 0;
    long characters = 0;
    long charactersOfTenant = 0;
    for (PolicyDraft draft : drafts.values()) {
      long size = 0;
      for (PolicyRevision revision : revisions.getOrDefault(draft.id(), List.of())) {
        size += size(revision);
      }
      characters += size;
      if (draft.tenant().equals(next.tenant())) {
        ofTenant++;
        charactersOfTenant += size;
      }
    }
    if (!drafts.containsKey(next.id())) {
      refuse(MAX_DRAFTS, drafts.size(), ofTenant, 1, "drafts");
    }
    refuse(MAX_CHARACTERS, characters, charactersOfTenant, size(next.at()), "characters of source");
  }

  private static void refuse(long most, long all, long ofTenant, long more, String what) {
    if (all + more > most) {
      throw new StoreUnavailableException("the policy store holds " + most + " " + what);
    }
    if (ofTenant + more > most - all) {
      throw new StoreUnavailableException(
          "the policy store holds "
              + ofTenant
              + " "
              + what
              + " of this tenant, and room for others");
    }
  }

  private static long size(PolicyRevision revision) {
    return PER_REVISION
        + (long) revision.source().length()
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

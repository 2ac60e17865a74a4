package app.intentgate.approval;

/**
 * Hears of rows that changed, on this gate or another. Called by a store's thread, which must not
 * be held up: whoever has work to do does it elsewhere.
 */
public interface ApprovalListener {
  /**
   * A row is new, or changed: its status, its votes, its uses, or that it is void.
   *
   * @param row the row as it stands now
   */
  void changed(Approval row);

  /** Changes may have been missed, as after a lost connection: look at the rows again. */
  void missed();
}

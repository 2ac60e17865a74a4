package app.intentgate.sdk;

/** Says to a model what became of its call, and what it can do about it. */
final class ModelTexts {
  private ModelTexts() {}

  static String of(IntentGateException e) {
    String why = e.reason().isEmpty() ? "" : ": " + e.reason();
    if (e instanceof ApprovalPending pending) {
      return "This call needs the approval of a person"
          + why
          + (e.mayHaveRun()
              ? ". Nobody had decided when the waiting ended; it may still be carried out. It waits"
                  + " under the id "
              : ". It was not carried out. It waits under the id ")
          + pending.pendingId()
          + (e.mayHaveRun()
              ? "; find out whether it happened before making the same call again."
              : "; make exactly the same call again once it is approved.");
    }
    String next = next(e);
    if (!e.isDenial()) {
      return (e.mayHaveRun()
              ? "This call failed, and may or may not have been carried out"
              : "This call failed and was not carried out")
          + why
          + ". "
          + next;
    }
    return (e.mayHaveRun()
            ? "The answer to this call was withheld"
            : "This call was refused and not carried out")
        + why
        + ". "
        + next;
  }

  private static String next(IntentGateException e) {
    if (e instanceof CapabilityDenied || e instanceof TenantScopeDenied) {
      return "The token in use does not permit it: use another tool, or ask for a token that covers"
          + " it.";
    }
    if (e instanceof IntentDenied) {
      return "It does not follow from what the user asked for: keep to the request, or ask the"
          + " user.";
    }
    if (e instanceof BudgetDenied) {
      return "The token's limit is used up: stop, or ask for a new token.";
    }
    if (e instanceof ApprovalRejected) {
      return "A person decided against it: do not try it again.";
    }
    if (e instanceof ApprovalExpired) {
      return "The approval does not fit: make the call without it to ask for a new one.";
    }
    if (e.isDenial()) {
      return "Calling it again unchanged gives the same answer.";
    }
    return e.mayHaveRun()
        ? "Find out whether it happened before trying again."
        : "It can be tried again later.";
  }
}

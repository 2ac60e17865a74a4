package app.intentgate.server.admin;

import app.intentgate.policy.lifecycle.PolicyService;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What the routes of policies work with.
 *
 * @param kept the policies; null where the front door answers that the feature is off
 * @param work runs what can take long
 * @param maxBody the largest body, in bytes
 */
record PolicyDesk(@Nullable PolicyService kept, PolicyWork work, int maxBody) {
  /** The policies. */
  PolicyService service() {
    return Objects.requireNonNull(kept, "the policy store is off");
  }

  /** A body with these members. */
  Body read(AdminCall call, Set<String> members) throws IOException {
    return Body.read(call.body(), maxBody, members);
  }

  /** The same where no body at all is as good as an empty object. */
  Body readOrEmpty(AdminCall call, Set<String> members) throws IOException {
    return Body.readOrEmpty(call.body(), maxBody, members);
  }

  /** Waits for work; what it throws is thrown here. */
  <T> T run(Callable<T> task) {
    return work.run(task);
  }
}

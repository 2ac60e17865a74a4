package app.intentgate.sdk;

import java.io.Serial;

/** The arguments reach beyond the token's tenant. */
public final class TenantScopeDenied extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  TenantScopeDenied(Failure failure) {
    super(failure);
  }
}

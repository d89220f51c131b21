package tf.grid.hub.access;

import java.util.Set;
import tf.grid.hub.account.Scope;

/** The token is good, but not for this kind of request. */
public final class ScopeTooNarrow extends AccessRefused {
  private static final long serialVersionUID = 1;

  ScopeTooNarrow(Scope needed) {
    super("this token has no scope '" + Scope.format(Set.of(needed)) + "'");
  }
}

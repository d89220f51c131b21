package tf.grid.hub.access;

import java.net.URI;
import java.util.Set;
import tf.grid.hub.account.AccountName;

/**
 * Access settings.
 *
 * @param readOnly whether all changes are rejected
 * @param open whether authentication is off
 * @param publicUrl the public URL of the hub
 * @param administrators accounts whose users may administrate the hub
 */
public record AccessPolicy(
    boolean readOnly, boolean open, URI publicUrl, Set<AccountName> administrators) {

  /** Keeps a copy of the set. */
  public AccessPolicy {
    administrators = Set.copyOf(administrators);
  }
}

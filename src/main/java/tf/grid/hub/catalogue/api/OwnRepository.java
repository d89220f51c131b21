package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.ChangeKind;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.name.RepositoryName;

/** Resolves {@code me} in a URL to the repository of the acting account. Thread-safe. */
@SingletonBean
public class OwnRepository {

  private final AccessControl access;

  @Inject
  public OwnRepository(AccessControl access) {
    this.access = access;
  }

  /**
   * Returns the repository of the acting account, to change it.
   *
   * @throws tf.grid.hub.access.AccessException if the request is not permitted
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException if the account name
   *     is not a valid repository name
   */
  public RepositoryName toChange() {
    return toChange(ChangeKind.CHANGE);
  }

  /** The same for a kind of change. */
  public RepositoryName toChange(ChangeKind kind) {
    return new RepositoryName(access.toChange(kind).value());
  }
}

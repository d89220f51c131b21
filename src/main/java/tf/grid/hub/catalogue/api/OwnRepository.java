package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.name.RepositoryName;

/** The repository that {@code me} stands for in a request. Threads may share it. */
@SingletonBean
public class OwnRepository {

  private final AccessControl access;

  /** Takes who decides. */
  @Inject
  public OwnRepository(AccessControl access) {
    this.access = access;
  }

  /**
   * The repository of the acting account, to change it.
   *
   * @throws tf.grid.hub.access.AccessException if the request may not
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException if no repository can
   *     have the account's name
   */
  public RepositoryName toChange() {
    return new RepositoryName(access.toChange().value());
  }
}

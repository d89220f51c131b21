package tf.grid.hub.site.catalogue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.quota.Quota;
import tf.grid.hub.catalogue.quota.Quotas;
import tf.grid.hub.catalogue.quota.RepositoryUsage;

/** The quota of a repository, and how much of it is used. */
@Named("quota")
@RequestScoped
public class QuotaView {
  /** Flists that the page reads at most to find out how large their contents are. */
  private static final int MAX_READS = 10;

  private final CurrentRequest current;
  private final Catalogue catalogue;
  private final Quotas quotas;
  private RepositoryUsage usage;

  protected QuotaView() {
    this(null, null, null);
  }

  @Inject
  public QuotaView(CurrentRequest current, Catalogue catalogue, Quotas quotas) {
    this.current = current;
    this.catalogue = catalogue;
    this.quotas = quotas;
  }

  /** What the repository has. */
  public RepositoryUsage getUsage() {
    try {
      if (usage == null) {
        usage = quotas.usage(catalogue.flists(current.repository()).values(), MAX_READS);
      }
      return usage;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The largest number of flists; -1 for any number. */
  public long getFlists() {
    return quota().flists().orElse(-1);
  }

  /** The largest sum of the sizes of all files; -1 for any sum. */
  public long getBytes() {
    return quota().contentBytes().orElse(-1);
  }

  private Quota quota() {
    return quotas.of(current.repository());
  }
}

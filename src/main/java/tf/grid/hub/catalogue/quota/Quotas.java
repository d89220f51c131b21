package tf.grid.hub.catalogue.quota;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.digest.FlistFile;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

/** Bounds how much repositories have. Thread-safe. */
public final class Quotas {
  private final List<QuotaRule> flists;
  private final List<QuotaRule> contentBytes;
  private final ContentSizes sizes;

  /**
   * Bounds repositories.
   *
   * @param flists numbers of flists; the first rule that matches counts
   * @param contentBytes sums of the sizes of files; likewise
   */
  public Quotas(List<QuotaRule> flists, List<QuotaRule> contentBytes, ContentSizes sizes) {
    this.flists = List.copyOf(flists);
    this.contentBytes = List.copyOf(contentBytes);
    this.sizes = sizes;
  }

  /** The limits of a repository. */
  public Quota of(RepositoryName repository) {
    return new Quota(
        QuotaRule.first(flists, repository), QuotaRule.first(contentBytes, repository));
  }

  /**
   * How much a repository has. Reads flists that were not measured before.
   *
   * @param flists its flists
   * @param mostReads flists to read at most
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many flists are being read
   */
  public RepositoryUsage usage(Collection<FlistFile> flists, int mostReads) throws IOException {
    long bytes = 0;
    long unmeasured = 0;
    int reads = 0;
    for (FlistFile file : flists) {
      try {
        OptionalLong size = sizes.known(file.version());
        if (size.isPresent()) {
          bytes += size.getAsLong();
        } else if (reads < mostReads) {
          reads++;
          bytes += sizes.of(file);
        } else {
          unmeasured++;
        }
      } catch (NoSuchFileException gone) {
        // Deleted in the meantime.
      }
    }
    return new RepositoryUsage(flists.size(), bytes, unmeasured);
  }

  /**
   * Refuses a new flist before its content is known, if its repository is full.
   *
   * @param flists of the repository
   * @throws QuotaExceededException if no flist can be added under this name
   */
  public void refuseFull(RepositoryName repository, FlistName name, RepositoryFlists flists)
      throws IOException {
    admit(repository, name, 1, flists);
  }

  /**
   * The size of a complete flist that is about to be published, if it is known or matters. Also
   * measures what {@link #admit} needs, so that it reads no flist under the lock.
   *
   * @param known what the publisher knows
   * @param file with a temporary name
   * @param flists of the repository
   */
  public OptionalLong contentBytes(
      RepositoryName repository, OptionalLong known, Path file, RepositoryFlists flists)
      throws IOException {
    if (of(repository).contentBytes().isEmpty()) {
      return known;
    }
    var unused = usage(flists.read().values(), Integer.MAX_VALUE);
    return known.isPresent() ? known : OptionalLong.of(sizes.measure(file));
  }

  /** Keeps the size of a new version of a flist. */
  public void keep(ContentVersion version, long bytes) {
    sizes.keep(version, bytes);
  }

  /**
   * Checks that a flist may be added to its repository, while no other is. A flist that replaces a
   * larger one may always be.
   *
   * @param bytes size of its files
   * @throws QuotaExceededException if the repository would have too much
   */
  public void admit(RepositoryName repository, FlistName name, long bytes, RepositoryFlists flists)
      throws IOException {
    Quota quota = of(repository);
    if (!quota.isLimited()) {
      return;
    }
    Map<String, FlistFile> files = flists.read();
    FlistFile replaced = files.get(name.stored());
    if (quota.flists().isPresent() && replaced == null) {
      long has = files.size();
      if (has >= quota.flists().getAsLong()) {
        throw QuotaExceededException.flists(repository, has, quota.flists().getAsLong());
      }
    }
    if (quota.contentBytes().isPresent()) {
      long most = quota.contentBytes().getAsLong();
      long before = replaced == null ? 0 : sizes.of(replaced);
      long others = usage(files.values(), Integer.MAX_VALUE).contentBytes() - before;
      if (bytes > before && others + bytes > most) {
        throw QuotaExceededException.content(repository, others, bytes, most);
      }
    }
  }

  /** Looks at the flists of a repository, if that is necessary. */
  @FunctionalInterface
  public interface RepositoryFlists {

    /** Those that are files, by stored name. */
    Map<String, FlistFile> read() throws IOException;
  }
}

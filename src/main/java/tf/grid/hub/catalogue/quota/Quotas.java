package tf.grid.hub.catalogue.quota;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tf.grid.hub.catalogue.digest.FileIdentity;
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
   * @param directory of the repository; an absent one has nothing
   * @param mostReads flists to read at most
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many flists are being read
   */
  public RepositoryUsage usage(Path directory, int mostReads) throws IOException {
    List<Path> files = flistsIn(directory);
    long bytes = 0;
    long unmeasured = 0;
    int reads = 0;
    for (Path file : files) {
      try {
        OptionalLong size = sizes.known(FileIdentity.of(file));
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
    return new RepositoryUsage(files.size(), bytes, unmeasured);
  }

  /**
   * Refuses a new flist before its content is known, if its repository is full.
   *
   * @param directory of the repository, which need not exist
   * @throws QuotaExceededException if no flist can be added under this name
   */
  public void refuseFull(RepositoryName repository, Path directory, FlistName name)
      throws IOException {
    admit(repository, directory, name, 1);
  }

  /**
   * The size of a complete flist that is about to be published, if it matters.
   *
   * @param file with a temporary name
   */
  public long measure(RepositoryName repository, Path file) throws IOException {
    return of(repository).contentBytes().isPresent() ? sizes.measure(file) : 0;
  }

  /** Keeps the size of a new version of a flist. */
  public void keep(FileIdentity version, long bytes) {
    sizes.keep(version, bytes);
  }

  /** Measures what {@link #admit} needs, so that it reads no flist under the lock. */
  public void prepare(RepositoryName repository, Path directory) throws IOException {
    if (of(repository).contentBytes().isPresent()) {
      var unused = usage(directory, Integer.MAX_VALUE);
    }
  }

  /**
   * Checks that a flist may be added to its repository, while no other is. A flist that replaces a
   * larger one may always be.
   *
   * @param bytes size of its files
   * @throws QuotaExceededException if the repository would have too much
   */
  public void admit(RepositoryName repository, Path directory, FlistName name, long bytes)
      throws IOException {
    Quota quota = of(repository);
    if (!quota.isLimited()) {
      return;
    }
    Path replaced = directory.resolve(name.stored());
    boolean replaces = Files.isRegularFile(replaced, LinkOption.NOFOLLOW_LINKS);
    if (quota.flists().isPresent() && !replaces) {
      long has = flistsIn(directory).size();
      if (has >= quota.flists().getAsLong()) {
        throw QuotaExceededException.flists(repository, has, quota.flists().getAsLong());
      }
    }
    if (quota.contentBytes().isPresent()) {
      long most = quota.contentBytes().getAsLong();
      long before = replaces ? sizes.of(replaced) : 0;
      long others = usage(directory, Integer.MAX_VALUE).contentBytes() - before;
      if (bytes > before && others + bytes > most) {
        throw QuotaExceededException.content(repository, others, bytes, most);
      }
    }
  }

  private static List<Path> flistsIn(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return files;
    }
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        if (FlistName.ofStored(path.getFileName().toString()).isPresent()
            && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          files.add(path);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }
}

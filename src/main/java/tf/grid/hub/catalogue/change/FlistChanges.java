package tf.grid.hub.catalogue.change;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.OpenRepository;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkConflictException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.statistics.DownloadCounts;

/**
 * Deletes, renames and copies flists and links. Thread-safe.
 *
 * <p>All methods throw {@link FlistNotFoundException} or {@link
 * tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException} if the source does not
 * exist. Broken links are accepted, except for copying.
 */
public final class FlistChanges {

  private static final int ATTEMPTS = 5;

  private final Catalogue catalogue;
  private final Dependents dependents;
  private final DownloadCounts counts;

  /**
   * Changes a catalogue.
   *
   * @param counts follow the flists
   */
  public FlistChanges(Catalogue catalogue, Dependents dependents, DownloadCounts counts) {
    this.catalogue = catalogue;
    this.dependents = dependents;
    this.counts = counts;
  }

  /** Deletes a flist, a link or a link to a tag. */
  public Effect delete(RepositoryName own, EntryName name) throws IOException {
    List<EntryPath> links = dependents.through(EntryPath.of(own, name.flist()));
    catalogue.change(
        own,
        repository -> {
          String stored = storedName(repository, name);
          repository.remove(stored);
          counts.deleted(catalogue.path(new EntryPath(own, Optional.empty(), stored)));
          return null;
        });
    return dependents.effectOn(links);
  }

  /**
   * Renames a flist, a link or a link to a tag, replacing a flist or link with the new name.
   *
   * @throws LinkConflictException if a link would point to itself, or the name is not valid for a
   *     link to a tag
   */
  public Effect rename(RepositoryName own, EntryName from, EntryName to) throws IOException {
    List<EntryPath> links =
        from.equals(to)
            ? List.of()
            : dependents.through(EntryPath.of(own, from.flist()), EntryPath.of(own, to.flist()));
    catalogue.change(
        own,
        repository -> {
          if (isFlist(repository, from.flist())) {
            renameFlist(repository, own, from.flist(), to.flist());
          } else {
            repository.rename(storedName(repository, from), tagLinkName(repository, from, to));
          }
          return null;
        });
    return dependents.effectOn(links);
  }

  /**
   * Copies a flist or the target of a link, replacing an item with the new name. Creates the
   * caller's repository if necessary.
   */
  public Effect promote(
      RepositoryName own, RepositoryName from, FlistName source, FlistName destination)
      throws IOException {
    List<EntryPath> links = dependents.through(EntryPath.of(own, destination));
    catalogue.copy(
        own,
        () -> {
          try (OpenFlist flist = open(catalogue.entries().locate(from, source))) {
            return catalogue.publish(own, destination, flist);
          }
        });
    return dependents.effectOn(links);
  }

  private void renameFlist(
      OpenRepository repository, RepositoryName own, FlistName from, FlistName to)
      throws IOException {
    Destination.forRenamed(repository, to);
    EntryPath place = EntryPath.of(own, from);
    if (!from.equals(to) && catalogue.items().way(place).contains(EntryPath.of(own, to))) {
      throw LinkConflictException.circle();
    }
    repository.rename(from.stored(), to.stored());
    counts.renamed(catalogue.path(place), catalogue.path(EntryPath.of(own, to)));
  }

  private static String tagLinkName(OpenRepository repository, EntryName from, EntryName to) {
    TagLinkName name = to.tagLink().orElseThrow(LinkConflictException::suffix);
    if (!from.equals(to)) {
      Destination.forTagLink(repository, name);
    }
    return name.value();
  }

  private static String storedName(OpenRepository repository, EntryName name) {
    if (isFlist(repository, name.flist())) {
      return name.flist().stored();
    }
    return name.tagLink()
        .map(TagLinkName::value)
        .filter(link -> repository.at(link).orElse(null) instanceof StoredItem.Link)
        .orElseThrow(FlistNotFoundException::new);
  }

  private static boolean isFlist(OpenRepository repository, FlistName name) {
    return repository
        .at(name.stored())
        .filter(item -> !(item instanceof StoredItem.Directory))
        .isPresent();
  }

  /** Opens a flist that may be replaced concurrently. */
  private static OpenFlist open(LocatedFlist flist) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ContentVersion version = flist.version();
      Optional<FileChannel> file = flist.open(version);
      if (file.isPresent()) {
        return new OpenFlist(file.get(), version.contentBytes());
      }
    }
    throw new IOException("tried to read " + flist.name() + " but it kept changing");
  }

  /** A flist that is copied with what is known of it. */
  private record OpenFlist(FileChannel file, OptionalLong contentBytes)
      implements Catalogue.FlistContent, Closeable {

    @Override
    public void writeTo(OutputStream out) throws IOException {
      var unused = Channels.newInputStream(file).transferTo(out);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

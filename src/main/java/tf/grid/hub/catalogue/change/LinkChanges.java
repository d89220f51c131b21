package tf.grid.hub.catalogue.change;

import java.io.IOException;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.OpenRepository;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkConflictException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.SourceNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * Creates links to flists. Thread-safe.
 *
 * <p>All methods throw {@link tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException}
 * or {@link tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException} if the
 * target does not exist, and {@link LinkConflictException} if the name is used by a file or the
 * link would point to itself.
 */
public final class LinkChanges {

  private final Catalogue catalogue;

  public LinkChanges(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Creates a link to a flist in the same repository, or changes the target of an existing link.
   */
  public void link(RepositoryName own, FlistName source, FlistName link) throws IOException {
    if (!catalogue.items().contains(own)) {
      throw new FlistNotFoundException();
    }
    var unused = catalogue.entries().locate(own, source);
    catalogue.change(
        own, repository -> put(repository, own, link, source.stored(), EntryPath.of(own, source)));
  }

  /**
   * Makes a link to a flist of any repository, or leads a link there that exists. The own
   * repository is made when missing.
   *
   * @throws SourceNotFoundException if there is no repository of the other name
   */
  public void crosslink(RepositoryName own, FlistName link, RepositoryName from, FlistName source)
      throws IOException {
    refuseMissing(from, source);
    String text = "../" + from + "/" + source;
    catalogue.changeOrMake(
        own, repository -> put(repository, own, link, text, EntryPath.of(from, source)));
  }

  private void refuseMissing(RepositoryName from, FlistName source) {
    try {
      var unused = catalogue.entries().locate(from, source);
    } catch (RepositoryNotFoundException e) {
      throw SourceNotFoundException.repository();
    }
  }

  private Void put(
      OpenRepository repository, RepositoryName own, FlistName link, String text, EntryPath source)
      throws IOException {
    Destination.forLink(repository, link);
    if (catalogue.items().way(source).contains(EntryPath.of(own, link))) {
      throw LinkConflictException.circle();
    }
    repository.link(link.stored(), text);
    return null;
  }
}

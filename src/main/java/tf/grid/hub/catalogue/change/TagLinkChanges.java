package tf.grid.hub.catalogue.change;

import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.name.CatalogueException.LinkConflictException;
import tf.grid.hub.catalogue.name.CatalogueException.SourceNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;

/** Creates and deletes links to tags. Thread-safe. */
public final class TagLinkChanges {

  private final Catalogue catalogue;

  public TagLinkChanges(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Parses the name of a link to a tag.
   *
   * @throws LinkConflictException if it is the name of a flist
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException if it is invalid for
   *     another reason
   */
  public static TagLinkName nameOf(String text) {
    if (text.endsWith(FlistName.SUFFIX)) {
      throw LinkConflictException.suffix();
    }
    return new TagLinkName(text);
  }

  /**
   * Creates a link to a tag of any repository, or changes the target of an existing link. Creates
   * the caller's repository if necessary.
   *
   * @throws SourceNotFoundException if the tag does not exist
   * @throws LinkConflictException if the name is used by a file
   */
  public void link(RepositoryName own, TagLinkName link, RepositoryName from, TagName tag)
      throws IOException {
    EntryPath goal = EntryPath.of(from, tag);
    if (!(catalogue.items().at(goal).orElse(null) instanceof StoredItem.Directory)) {
      throw SourceNotFoundException.tag();
    }
    catalogue.changeOrMake(
        own,
        repository -> {
          Destination.forTagLink(repository, link);
          repository.link(link.value(), "../" + from + "/" + tag.stored());
          return null;
        });
  }

  /**
   * Deletes a link to a tag, which need not exist any more.
   *
   * @throws SourceNotFoundException if the link does not exist, points to another tag, or the
   *     repository does not exist
   */
  public void remove(RepositoryName own, TagLinkName link, RepositoryName from, TagName tag)
      throws IOException {
    EntryPath place = new EntryPath(own, Optional.empty(), link.value());
    if (!catalogue.items().contains(own)) {
      throw SourceNotFoundException.tag();
    }
    catalogue.change(
        own,
        repository -> {
          if (!catalogue.items().way(place).contains(EntryPath.of(from, tag))) {
            throw SourceNotFoundException.tag();
          }
          repository.remove(link.value());
          return null;
        });
  }
}

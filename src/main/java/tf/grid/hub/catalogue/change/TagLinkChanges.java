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

/** Makes and removes links to tags. Threads may share it. */
public final class TagLinkChanges {

  private final Catalogue catalogue;

  /** Links to tags in a catalogue. */
  public TagLinkChanges(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * The name that a request gives.
   *
   * @throws LinkConflictException if it is one of a flist
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException if it breaks another
   *     rule
   */
  public static TagLinkName nameOf(String text) {
    if (text.endsWith(FlistName.SUFFIX)) {
      throw LinkConflictException.suffix();
    }
    return new TagLinkName(text);
  }

  /**
   * Makes a link to a tag of any repository, or leads a link there that exists. The own repository
   * is made when missing.
   *
   * @throws SourceNotFoundException if there is no such tag
   * @throws LinkConflictException if the name is taken by a file
   */
  public void link(RepositoryName own, TagLinkName link, RepositoryName from, TagName tag)
      throws IOException {
    EntryPath goal = EntryPath.of(from, tag);
    if (!(catalogue.users().at(goal).orElse(null) instanceof StoredItem.Directory)) {
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
   * Removes a link to a tag, which need not exist any more.
   *
   * @throws SourceNotFoundException if there is no link of that name, or it leads to another tag;
   *     nor is there one in a repository that does not exist
   */
  public void remove(RepositoryName own, TagLinkName link, RepositoryName from, TagName tag)
      throws IOException {
    EntryPath place = new EntryPath(own, Optional.empty(), link.value());
    if (!catalogue.users().contains(own)) {
      throw SourceNotFoundException.tag();
    }
    catalogue.change(
        own,
        repository -> {
          if (!catalogue.users().way(place).contains(EntryPath.of(from, tag))) {
            throw SourceNotFoundException.tag();
          }
          repository.remove(link.value());
          return null;
        });
  }
}

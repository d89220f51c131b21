package tf.grid.hub.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tf.grid.hub.catalogue.digest.FlistFile;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;

/** Finds flists and tags by name, in the items of a catalogue. Thread-safe if these are. */
public final class EntryLookup {
  private final StoredItems items;
  private final Function<StoredItems.Followed, FlistFile> files;

  /**
   * Looks in these items.
   *
   * @param files what can be opened at the end of a link
   */
  public EntryLookup(StoredItems items, Function<StoredItems.Followed, FlistFile> files) {
    this.items = items;
    this.files = files;
  }

  /**
   * Finds a flist in a repository, following links.
   *
   * @throws RepositoryNotFoundException if the repository does not exist
   * @throws FlistNotFoundException if the flist does not exist or the link is broken
   */
  public LocatedFlist locate(RepositoryName repository, FlistName name) {
    return locate(name, EntryPath.of(existing(repository), name));
  }

  /**
   * Finds a flist in a tag, following links.
   *
   * @throws RepositoryNotFoundException if the repository does not exist
   * @throws FlistNotFoundException if the tag has no such entry or the link is broken
   */
  public LocatedFlist locate(RepositoryName repository, TagName tag, FlistName name) {
    Optional<TagName> inside = Optional.of(tag);
    EntryPath place = new EntryPath(existing(repository), inside, name.stored());
    // Earlier hubs may have stored names without the suffix.
    EntryPath bare = new EntryPath(repository, inside, name.withoutSuffix());
    return locate(name, items.at(place).isPresent() ? place : bare);
  }

  /**
   * Resolves a link to a tag.
   *
   * @return the path of the existing tag
   * @throws RepositoryNotFoundException if the repository does not exist
   * @throws FlistNotFoundException if the link does not exist or is broken
   */
  public EntryPath tagBehind(RepositoryName repository, TagLinkName name) {
    EntryPath link = new EntryPath(existing(repository), Optional.empty(), name.value());
    return Optional.of(link)
        .filter(place -> items.at(place).orElse(null) instanceof StoredItem.Link)
        .flatMap(items::follow)
        .filter(end -> end.item() instanceof StoredItem.Directory)
        .map(StoredItems.Followed::place)
        .filter(place -> place.name().startsWith(TagName.PREFIX))
        .orElseThrow(FlistNotFoundException::new);
  }

  /**
   * The tag that a link names, which need not exist any more.
   *
   * @throws RepositoryNotFoundException if the repository does not exist
   * @throws FlistNotFoundException if the link is missing, or names something other than a tag
   */
  public EntryPath tagNamedBy(RepositoryName repository, TagLinkName name) {
    List<EntryPath> way =
        items.way(new EntryPath(existing(repository), Optional.empty(), name.value()));
    EntryPath end = way.get(way.size() - 1);
    if (way.size() == 1 || TagName.ofStored(end.name()).isEmpty()) {
      throw new FlistNotFoundException();
    }
    return end;
  }

  private LocatedFlist locate(FlistName name, EntryPath place) {
    Optional<StoredItem.Link> link =
        items.at(place).filter(StoredItem.Link.class::isInstance).map(StoredItem.Link.class::cast);
    return items
        .follow(place)
        .filter(end -> !(end.item() instanceof StoredItem.Directory))
        .map(end -> new LocatedFlist(name, files.apply(end), link))
        .orElseThrow(FlistNotFoundException::new);
  }

  /**
   * Returns the name of a repository that exists.
   *
   * @throws RepositoryNotFoundException if it does not
   */
  public RepositoryName existing(RepositoryName repository) {
    if (!items.contains(repository)) {
      throw new RepositoryNotFoundException();
    }
    return repository;
  }
}

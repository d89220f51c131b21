package tf.grid.hub.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;

/** Finds flists and tags by name, as they are on disk at the moment. Thread-safe. */
public final class EntryLookup {
  private final UsersDirectory users;

  EntryLookup(UsersDirectory users) {
    this.users = users;
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
    return locate(name, users.at(place).isPresent() ? place : bare);
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
        .filter(place -> users.at(place).orElse(null) instanceof StoredItem.Link)
        .flatMap(users::follow)
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
        users.way(new EntryPath(existing(repository), Optional.empty(), name.value()));
    EntryPath end = way.get(way.size() - 1);
    if (way.size() == 1 || TagName.ofStored(end.name()).isEmpty()) {
      throw new FlistNotFoundException();
    }
    return end;
  }

  private LocatedFlist locate(FlistName name, EntryPath place) {
    Optional<StoredItem.Link> link =
        users.at(place).filter(StoredItem.Link.class::isInstance).map(StoredItem.Link.class::cast);
    return users
        .follow(place)
        .flatMap(this::file)
        .map(file -> new LocatedFlist(name, file, link))
        .orElseThrow(FlistNotFoundException::new);
  }

  private Optional<Path> file(StoredItems.Followed end) {
    if (end.item() instanceof StoredItem.Outside outside) {
      return Optional.of(outside.path());
    }
    return Optional.of(users.of(end.place())).filter(file -> end.item() instanceof StoredItem.File);
  }

  /** Returns the name of a repository that exists. */
  RepositoryName existing(RepositoryName repository) {
    if (!users.contains(repository)) {
      throw new RepositoryNotFoundException();
    }
    return repository;
  }
}

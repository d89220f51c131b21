package tf.grid.hub.catalogue.change;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.OpenRepository;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.SourceNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/** Adds flists to tags and removes them. Thread-safe. */
public final class TagChanges {

  private final Catalogue catalogue;
  private final Dependents dependents;

  public TagChanges(Catalogue catalogue, Dependents dependents) {
    this.catalogue = catalogue;
    this.dependents = dependents;
  }

  /**
   * Adds a flist to a tag, replacing an entry with the same name. Creates the tag and the caller's
   * repository if necessary.
   *
   * @param entry the name in the tag
   * @param source the flist
   * @throws SourceNotFoundException if the repository does not exist
   * @throws FlistNotFoundException if the flist does not exist
   */
  public void add(
      RepositoryName own, TagName tag, FlistName entry, RepositoryName from, FlistName source)
      throws IOException {
    refuseMissing(from, source);
    catalogue.changeOrMake(
        own,
        repository -> {
          repository.link(tag, entry, "../../" + from + "/" + source);
          // Earlier hubs stored names without adding the suffix.
          String bare = entry.withoutSuffix();
          if (isLink(repository, tag, bare)) {
            repository.remove(tag, bare);
          }
          return null;
        });
  }

  /**
   * Removes an entry from a tag. A tag is deleted with its last entry.
   *
   * @param source the target of the entry, which need not exist any more, or any existing flist
   * @throws SourceNotFoundException if the repository or the entry does not exist
   * @throws FlistNotFoundException if the flist does not exist
   */
  public Effect remove(
      RepositoryName own, TagName tag, FlistName entry, RepositoryName from, FlistName source)
      throws IOException {
    EntryPath named = EntryPath.of(from, source);
    if (!catalogue.items().contains(own)) {
      refuseUnknown(named);
      throw SourceNotFoundException.entry();
    }
    List<EntryPath> links = dependents.through(EntryPath.of(own, tag));
    boolean gone =
        catalogue.change(
            own,
            repository -> {
              Optional<String> stored = storedName(repository, tag, entry);
              if (stored.filter(name -> leadsTo(own, tag, name, named)).isEmpty()) {
                refuseUnknown(named);
              }
              return repository.remove(tag, stored.orElseThrow(SourceNotFoundException::entry));
            });
    return gone ? dependents.effectOn(links) : Effect.NONE;
  }

  /**
   * Removes an entry from a tag, whatever its target. A tag is deleted with its last entry.
   *
   * @throws SourceNotFoundException if the entry does not exist
   * @throws RepositoryNotFoundException if the caller's repository does not exist
   */
  public Effect remove(RepositoryName own, TagName tag, FlistName entry) throws IOException {
    List<EntryPath> links = dependents.through(EntryPath.of(own, tag));
    boolean gone =
        catalogue.change(
            own,
            repository ->
                repository.remove(
                    tag,
                    storedName(repository, tag, entry)
                        .orElseThrow(SourceNotFoundException::entry)));
    return gone ? dependents.effectOn(links) : Effect.NONE;
  }

  /**
   * Deletes a tag with all its entries, atomically.
   *
   * @throws SourceNotFoundException if the tag does not exist
   * @throws RepositoryNotFoundException if the caller's repository does not exist
   */
  public Effect remove(RepositoryName own, TagName tag) throws IOException {
    List<EntryPath> links = dependents.through(EntryPath.of(own, tag));
    catalogue.change(
        own,
        repository -> {
          if (!(repository.at(tag.stored()).orElse(null) instanceof StoredItem.Directory)) {
            throw SourceNotFoundException.tag();
          }
          repository.remove(tag);
          return null;
        });
    return dependents.effectOn(links);
  }

  private void refuseMissing(RepositoryName from, FlistName source) {
    try {
      var unused = catalogue.entries().locate(from, source);
    } catch (RepositoryNotFoundException e) {
      throw SourceNotFoundException.repository();
    }
  }

  private void refuseUnknown(EntryPath source) {
    if (!catalogue.items().contains(source.repository())) {
      throw SourceNotFoundException.repository();
    }
    if (catalogue.items().at(source).isEmpty()) {
      throw new FlistNotFoundException();
    }
  }

  private static Optional<String> storedName(
      OpenRepository repository, TagName tag, FlistName entry) {
    return List.of(entry.stored(), entry.withoutSuffix()).stream()
        .filter(name -> isLink(repository, tag, name))
        .findFirst();
  }

  private static boolean isLink(OpenRepository repository, TagName tag, String name) {
    return repository.at(tag, name).orElse(null) instanceof StoredItem.Link;
  }

  private boolean leadsTo(RepositoryName own, TagName tag, String name, EntryPath goal) {
    EntryPath place = new EntryPath(own, Optional.of(tag), name);
    return catalogue.items().way(place).contains(goal);
  }
}

package tf.grid.hub.catalogue.view;

import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.FileName;

/** Addresses of the site for what is in the catalogue. Stateless. */
public final class Addresses {

  private Addresses() {}

  /** A repository. */
  public static String of(RepositoryName repository) {
    return "/" + FileName.encode(repository.value());
  }

  /** A tag. */
  public static String of(RepositoryName repository, TagName tag) {
    return of(repository) + "/tags/" + FileName.encode(tag.value());
  }

  /** A link to a tag. */
  public static String of(RepositoryName repository, TagLinkName link) {
    return of(repository) + "/" + FileName.encode(link.value());
  }

  /** Where an entry of a repository is changed, and taken into others. */
  public static String manage(RepositoryName repository, String key) {
    return of(repository) + "?manage=" + FileName.encode(key);
  }

  /** The preview of a flist or of a link to one. */
  public static String preview(RepositoryName repository, String stored) {
    return flist(repository, stored) + ".md";
  }

  /** A flist itself. */
  public static String flist(RepositoryName repository, String stored) {
    return of(repository) + "/" + FileName.encode(stored);
  }

  /** Where a place of the catalogue is shown: a tag, or a flist. */
  public static String of(EntryPath place) {
    return TagName.ofStored(place.name())
        .map(tag -> of(place.repository(), tag))
        .orElseGet(() -> preview(place.repository(), place.name()));
  }
}

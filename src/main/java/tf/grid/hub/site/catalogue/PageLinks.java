package tf.grid.hub.site.catalogue;

import java.util.List;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.FileName;

/** Addresses of the site for what is in the catalogue. Stateless. */
public final class PageLinks {

  private static final List<String> OF_FLISTS = List.of(".md", ".txt", ".json", ".md5");

  private PageLinks() {}

  /** A repository. */
  public static String of(RepositoryName repository) {
    return "/" + FileName.encode(repository.value());
  }

  /** A tag. */
  public static String of(RepositoryName repository, TagName tag) {
    return of(repository) + "/tags/" + FileName.encode(tag.value());
  }

  /**
   * A link to a tag. One whose name ends like the address of something of a flist has no page of
   * its own: it is found in its repository.
   */
  public static String of(RepositoryName repository, TagLinkName link) {
    String name = FileName.encode(link.value());
    boolean hidden = OF_FLISTS.stream().anyMatch(link.value()::endsWith);
    return of(repository) + (hidden ? "?filter=" : "/") + name;
  }

  /** An address that also says what a form has done: a word that the site knows. */
  public static String done(String address, String word) {
    return address + (address.indexOf('?') < 0 ? "?" : "&") + "done=" + word;
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

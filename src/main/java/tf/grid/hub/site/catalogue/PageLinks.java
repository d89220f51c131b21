package tf.grid.hub.site.catalogue;

import java.util.List;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.FileName;

/** URLs of pages about the catalogue. */
public final class PageLinks {

  private static final List<String> OF_FLISTS = List.of(".md", ".txt", ".json", ".md5");

  private PageLinks() {}

  public static String of(RepositoryName repository) {
    return "/" + FileName.encode(repository.value());
  }

  public static String of(RepositoryName repository, TagName tag) {
    return of(repository) + "/tags/" + FileName.encode(tag.value());
  }

  /**
   * The page of a link to a tag. If its name ends like the URL of a flist, it has no page of its
   * own; then this is the page of its repository.
   */
  public static String of(RepositoryName repository, TagLinkName link) {
    String name = FileName.encode(link.value());
    boolean hidden = OF_FLISTS.stream().anyMatch(link.value()::endsWith);
    return of(repository) + (hidden ? "?filter=" : "/") + name;
  }

  /** Adds the key of a message about a completed form to a URL. */
  public static String done(String address, String word) {
    return address + (address.indexOf('?') < 0 ? "?" : "&") + "done=" + word;
  }

  /** The manage page of an entry. */
  public static String manage(RepositoryName repository, String key) {
    return of(repository) + "?manage=" + FileName.encode(key);
  }

  /** The page of a flist or of a link to one. */
  public static String preview(RepositoryName repository, String stored) {
    return flist(repository, stored) + ".md";
  }

  /** The download URL of a flist. */
  public static String flist(RepositoryName repository, String stored) {
    return of(repository) + "/" + FileName.encode(stored);
  }

  /** The page of a tag or flist. */
  public static String of(EntryPath place) {
    return TagName.ofStored(place.name())
        .map(tag -> of(place.repository(), tag))
        .orElseGet(() -> preview(place.repository(), place.name()));
  }
}

package tf.grid.hub.site.catalogue;

import java.time.Instant;
import java.util.Optional;
import java.util.function.ToLongFunction;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.StoredItems.Followed;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Snapshot;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.FileName;

/**
 * A row in the listing of a repository or tag. Immutable.
 *
 * @param kind {@code flist}, {@code link}, {@code tag} or {@code tag link}
 * @param name the displayed name
 * @param address of its page; empty for a broken link
 * @param download URL of the flist; empty if there is none
 * @param contentSize bytes of the files of the flist, or of the target of a link; -1 if not known
 * @param updated modification time of the target
 * @param target of a link; empty for others
 */
public record EntryRow(
    String kind,
    String name,
    String address,
    String download,
    long contentSize,
    Instant updated,
    String target) {

  private static final String TAG = "tag";

  /** Prefix of the key of a tag, which may have the same name as a link to a tag. */
  public static final String TAGS = "tags/";

  /** The unique key in a repository: {@code tags/} and the name for a tag. */
  public static String key(ListingEntry entry) {
    return entry instanceof ListingEntry.Tag ? TAGS + entry.name() : entry.name();
  }

  /** The displayed form of a tag: {@code repository/tags/tag}. */
  static String shown(EntryPath tag) {
    String name = TagName.ofStored(tag.name()).map(TagName::value).orElse(tag.name());
    return tag.repository() + "/" + TAGS + name;
  }

  /** The query string of its manage page. */
  public String manage() {
    return "?manage=" + FileName.encode(kind.equals(TAG) ? TAGS + name : name);
  }

  /** Whether it is a tag or a link to one. */
  public boolean tagged() {
    return kind.startsWith(TAG);
  }

  /** Whether it is a broken link. */
  public boolean broken() {
    return address.isEmpty();
  }

  /**
   * Creates the row of an entry.
   *
   * @param tag the tag that contains the entry, if any
   * @param contentSize of a flist; -1 if not known
   */
  public static EntryRow of(
      Snapshot all,
      RepositoryName repository,
      Optional<TagName> tag,
      ListingEntry entry,
      ToLongFunction<EntryPath> contentSize) {
    Instant updated = Instant.ofEpochSecond(entry.updated());
    String name = entry.name();
    EntryPath place = new EntryPath(repository, tag, name);
    if (entry instanceof ListingEntry.Regular) {
      String address = PageLinks.flist(repository, name);
      long size = contentSize.applyAsLong(place);
      return new EntryRow("flist", name, address + ".md", address, size, updated, "");
    }
    if (entry instanceof ListingEntry.Tag) {
      String address = PageLinks.of(repository, new TagName(name));
      return new EntryRow(TAG, name, address, "", -1, updated, "");
    }
    if (entry instanceof ListingEntry.TagLink link) {
      boolean broken = end(all, place, StoredItem.Directory.class).isEmpty();
      String address = broken ? "" : PageLinks.of(repository, new TagLinkName(name));
      return new EntryRow("tag link", name, address, "", -1, updated, link.target());
    }
    ListingEntry.SymbolicLink link = (ListingEntry.SymbolicLink) entry;
    Optional<EntryPath> end = end(all, place, StoredItem.File.class);
    return new EntryRow(
        "link",
        name,
        end.map(PageLinks::of).orElse(""),
        end.map(found -> download(repository, tag, name)).orElse(""),
        end.map(contentSize::applyAsLong).orElse(-1L),
        updated,
        link.target());
  }

  private static Optional<EntryPath> end(
      Snapshot all, EntryPath place, Class<? extends StoredItem> wanted) {
    return all.follow(place).filter(end -> wanted.isInstance(end.item())).map(Followed::place);
  }

  private static String download(RepositoryName repository, Optional<TagName> tag, String name) {
    String stored = name.endsWith(FlistName.SUFFIX) ? name : name + FlistName.SUFFIX;
    return tag.map(found -> PageLinks.of(repository, found)).orElse(PageLinks.of(repository))
        + "/"
        + FileName.encode(stored);
  }
}

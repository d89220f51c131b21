package tf.grid.hub.catalogue.listing;

/** A row of the listing of a repository or tag. Times are Unix seconds, sizes bytes. */
public sealed interface ListingEntry {

  /** The name that users see. */
  String name();

  /** When what it stands for was changed. */
  long updated();

  /** A flist. */
  record Regular(String name, long size, long updated) implements ListingEntry {}

  /**
   * A link to a flist.
   *
   * @param size of the flist it leads to, or of the link itself when it leads nowhere
   * @param updated likewise
   * @param linkTime when the link was made
   * @param target {@code name.flist} or {@code repository/name.flist}
   */
  record SymbolicLink(String name, long size, long updated, long linkTime, String target)
      implements ListingEntry {}

  /**
   * A link to a tag.
   *
   * @param size of the tag's directory, or of the link itself when it leads nowhere
   * @param updated likewise
   * @param linkTime when the link was made
   * @param target {@code repository/tags/tag}
   */
  record TagLink(String name, long size, long updated, long linkTime, String target)
      implements ListingEntry {}

  /** A tag. */
  record Tag(String name, long updated) implements ListingEntry {}
}

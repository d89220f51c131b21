package tf.grid.hub.catalogue.listing;

/** An entry in the listing of a repository or tag. Times are Unix seconds, sizes are bytes. */
public sealed interface ListingEntry {

  /** The displayed name. */
  String name();

  /** Modification time of the target. */
  long updated();

  record Regular(String name, long size, long updated) implements ListingEntry {}

  /**
   * A link to a flist.
   *
   * @param size of the target, or of the link itself if it is broken
   * @param updated likewise
   * @param linkTime creation time of the link
   * @param target {@code name.flist} or {@code repository/name.flist}
   */
  record SymbolicLink(String name, long size, long updated, long linkTime, String target)
      implements ListingEntry {}

  /**
   * A link to a tag.
   *
   * @param size of the tag's directory, or of the link itself if it is broken
   * @param updated likewise
   * @param linkTime creation time of the link
   * @param target {@code repository/tags/tag}
   */
  record TagLink(String name, long size, long updated, long linkTime, String target)
      implements ListingEntry {}

  record Tag(String name, long updated) implements ListingEntry {}
}

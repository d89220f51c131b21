package tf.grid.hub.catalogue;

import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.LinkNotFollowedException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * A repository that only the current thread may change. Readers see each step whole. Names are
 * stored names and already validated; links are not followed, except those of operators that stand
 * for tags.
 */
public interface OpenRepository {

  /** Returns the item with a name. */
  Optional<StoredItem> at(String name);

  /** Returns the entry of a tag; empty if the entry or the tag does not exist. */
  Optional<StoredItem> at(TagName tag, String name);

  /** Creates a symbolic link, replacing an existing item. */
  void link(String name, String text) throws IOException;

  /**
   * Adds a symbolic link to a tag, which is created if necessary.
   *
   * @throws LinkNotFollowedException if the tag is a link that is not followed
   */
  void link(TagName tag, FlistName name, String text) throws IOException;

  /**
   * Deletes a flist or a link.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  void remove(String name) throws IOException;

  /**
   * Removes an entry from a tag, and the tag with its last entry unless the tag is a link.
   *
   * @return whether the tag was removed
   * @throws java.nio.file.NoSuchFileException if the entry does not exist
   */
  boolean remove(TagName tag, String name) throws IOException;

  /** Deletes a tag with all its entries; of a tag that is a link, only the link. */
  void remove(TagName tag) throws IOException;

  /** Renames a flist or link, replacing an existing one. */
  void rename(String from, String to) throws IOException;
}

package tf.grid.hub.catalogue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tf.grid.hub.catalogue.digest.FileIdentity;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;

/**
 * An existing flist, found by name.
 *
 * @param name the requested name
 * @param file the file itself, after following links
 * @param link the link of that name, if it is one
 */
public record LocatedFlist(FlistName name, Path file, Optional<StoredItem.Link> link) {

  /**
   * The current identity of the file.
   *
   * @throws FlistNotFoundException if the file was removed
   */
  public FileIdentity identity() throws IOException {
    try {
      return FileIdentity.of(file);
    } catch (NoSuchFileException e) {
      throw new FlistNotFoundException();
    }
  }

  /**
   * Opens the file if it still has this identity. An open file is not affected when its name is
   * replaced.
   *
   * @return empty if the file was replaced or modified
   * @throws FlistNotFoundException if the file was removed
   */
  public Optional<FileChannel> open(FileIdentity expected) throws IOException {
    FileChannel channel = open();
    boolean same = false;
    try {
      // Unchanged before and after opening, so the opened file has this identity.
      same = identity().equals(expected);
      return same ? Optional.of(channel) : Optional.empty();
    } finally {
      if (!same) {
        channel.close();
      }
    }
  }

  /**
   * Opens the file. An open file is not affected when its name is replaced.
   *
   * @throws FlistNotFoundException if the file was removed
   */
  public FileChannel open() throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      throw new FlistNotFoundException();
    }
  }
}

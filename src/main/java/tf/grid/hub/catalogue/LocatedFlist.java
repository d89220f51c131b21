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
 * A flist that was asked for, found.
 *
 * @param name the name asked for
 * @param file the file that it is or leads to, never a link
 * @param link the link of that name, if it is one
 */
public record LocatedFlist(FlistName name, Path file, Optional<StoredItem.Link> link) {

  /**
   * The state that the file is in.
   *
   * @throws FlistNotFoundException if it is gone
   */
  public FileIdentity identity() throws IOException {
    try {
      return FileIdentity.of(file);
    } catch (NoSuchFileException e) {
      throw new FlistNotFoundException();
    }
  }

  /**
   * Opens the file if it still is in a state. What is open stays so when the name is replaced.
   *
   * @return empty if the file was replaced or written to
   * @throws FlistNotFoundException if it is gone
   */
  public Optional<FileChannel> open(FileIdentity expected) throws IOException {
    FileChannel channel = open();
    boolean same = false;
    try {
      // Unchanged around the opening, so that this is what was opened.
      same = identity().equals(expected);
      return same ? Optional.of(channel) : Optional.empty();
    } finally {
      if (!same) {
        channel.close();
      }
    }
  }

  /**
   * Opens the file in the state that it is in now, which stays so when the name is replaced.
   *
   * @throws FlistNotFoundException if it is gone
   */
  public FileChannel open() throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      throw new FlistNotFoundException();
    }
  }
}

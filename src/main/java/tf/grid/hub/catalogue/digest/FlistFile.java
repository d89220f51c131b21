package tf.grid.hub.catalogue.digest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file of a flist, found by name. Each call looks at what is there at that moment. Thread-safe.
 */
public interface FlistFile {

  /** Names the file in messages and counts. */
  Path path();

  /**
   * The current version.
   *
   * @throws java.nio.file.NoSuchFileException if the file was removed
   */
  ContentVersion version() throws IOException;

  /**
   * Opens the file. An open file is not affected when its name is replaced.
   *
   * @throws java.nio.file.NoSuchFileException if the file was removed
   */
  FileChannel open() throws IOException;

  /**
   * Opens the file if it still has this version.
   *
   * @return empty if the file was replaced or modified
   * @throws java.nio.file.NoSuchFileException if the file was removed
   */
  Optional<FileChannel> open(ContentVersion expected) throws IOException;
}

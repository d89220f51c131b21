package tf.grid.hub.catalogue.digest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file in a directory. Symbolic links are rejected.
 *
 * @param path where it is
 */
public record FileOnDisk(Path path) implements FlistFile {

  @Override
  public FileIdentity version() throws IOException {
    return FileIdentity.of(path);
  }

  @Override
  public FileChannel open() throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Optional<FileChannel> open(ContentVersion expected) throws IOException {
    FileChannel channel = open();
    boolean same = false;
    try {
      // Unchanged before and after opening, so the opened file has this version.
      same = version().equals(expected);
      return same ? Optional.of(channel) : Optional.empty();
    } finally {
      if (!same) {
        channel.close();
      }
    }
  }
}

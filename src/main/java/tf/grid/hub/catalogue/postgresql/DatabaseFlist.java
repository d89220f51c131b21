package tf.grid.hub.catalogue.postgresql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.digest.FlistFile;

/**
 * A flist that is found by its name in memory, and read from the cache.
 *
 * @param place where it is, never that of a link
 * @param path names it in messages
 */
record DatabaseFlist(EntryPath place, Path path, CatalogueMemory memory, FlistCache cache)
    implements FlistFile {

  private static final int ATTEMPTS = 5;

  @Override
  public DatabaseVersion version() throws IOException {
    return memory.known().version(place).orElseThrow(() -> new NoSuchFileException(place.shown()));
  }

  @Override
  public FileChannel open() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<FileChannel> file = open(version());
      if (file.isPresent()) {
        return file.get();
      }
    }
    throw new IOException("tried to read " + place.shown() + " but it kept changing");
  }

  @Override
  public Optional<FileChannel> open(ContentVersion expected) throws IOException {
    DatabaseVersion version = version();
    if (!version.equals(expected)) {
      return Optional.empty();
    }
    try {
      return Optional.of(cache.open(version));
    } catch (NoSuchFileException gone) {
      if (memory.current().version(place).filter(version::equals).isPresent()) {
        throw new IOException(place.shown() + " has no content in the database", gone);
      }
      return Optional.empty();
    }
  }
}

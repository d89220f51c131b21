package tf.grid.hub.catalogue.directory;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import tf.grid.hub.catalogue.digest.FileIdentity;
import tf.grid.hub.catalogue.digest.Md5Cache;

/**
 * A file that is renamed to its name only when it is complete and on disk. Until then, it has a
 * temporary name in the same directory; closing removes it unless it was renamed. Not thread-safe.
 */
final class NewFile extends OutputStream implements Closeable {

  /** The prefix of temporary names. They have a fixed length, independent of the target's name. */
  static final String PREFIX = ".tmp-";

  private final Path temporary;
  private final FileChannel channel;
  private final MessageDigest digest = Md5Cache.newDigest();
  private long written;

  private NewFile(Path temporary) throws IOException {
    this.temporary = temporary;
    this.channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Creates a file in a directory, which must be on the target's file system. */
  static NewFile in(Path directory) throws IOException {
    return new NewFile(directory.resolve(PREFIX + UUID.randomUUID()));
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    digest.update(bytes, offset, length);
    written += length;
  }

  long size() {
    return written;
  }

  /** Where the file is until it is renamed. */
  Path temporary() {
    return temporary;
  }

  /**
   * Syncs the content to disk.
   *
   * @throws IOException if it is incomplete or cannot be synced
   */
  void complete() throws IOException {
    channel.force(true);
    if (channel.size() != written) {
      throw new IOException(
          "tried to write %d bytes but the file has %d".formatted(written, channel.size()));
    }
  }

  /**
   * Renames the complete file, replacing an existing file; a symbolic link is replaced, not
   * followed.
   *
   * @return the digest of the file and its identity; the identity is empty if the file was already
   *     replaced again
   * @throws IOException if a step failed; until the rename, the target is unchanged
   */
  Moved moveTo(Path target) throws IOException {
    // The open channel prevents reuse of the inode number.
    long inode = FileIdentity.of(temporary).inode();
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    sync(target.getParent());
    String md5 = HexFormat.of().formatHex(digest.digest());
    return new Moved(md5, identity(target).filter(found -> found.inode() == inode));
  }

  private static Optional<FileIdentity> identity(Path file) {
    try {
      return Optional.of(FileIdentity.of(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Syncs a directory, so that its names are durable. */
  static void sync(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /**
   * A renamed file.
   *
   * @param md5 its digest
   * @param identity its identity, unless it was replaced in the meantime
   */
  record Moved(String md5, Optional<FileIdentity> identity) {}

  /** Removes the file unless it was renamed. */
  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(temporary);
    }
  }
}

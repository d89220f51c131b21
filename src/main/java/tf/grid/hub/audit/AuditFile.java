package tf.grid.hub.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import tf.grid.hub.audit.AuditWriter.AuditSink;

/**
 * A log file that only its owner can read. When it reaches its maximum size, it is renamed to
 * {@code .1}, {@code .1} to {@code .2} and so on, and the oldest file is deleted. Not thread-safe.
 */
final class AuditFile implements AuditSink {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private final long maxBytes;
  private final int oldFiles;
  private FileChannel channel;

  /**
   * Opens the file for appending.
   *
   * @param maxBytes maximum size of one file
   * @param oldFiles number of rotated files to keep
   */
  AuditFile(Path file, long maxBytes, int oldFiles) throws IOException {
    this.file = file;
    this.maxBytes = maxBytes;
    this.oldFiles = oldFiles;
    Files.createDirectories(file.toAbsolutePath().getParent());
    open();
  }

  @Override
  public void append(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    if (!channel.isOpen() || Files.notExists(file)) {
      reopen();
    } else if (channel.size() > 0 && channel.size() + bytes.remaining() > maxBytes) {
      rotate();
    }
    write(bytes);
  }

  /** If the disk is full, a line could be written partially; it is removed then. */
  private void write(ByteBuffer bytes) throws IOException {
    long before = channel.size();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      channel.truncate(before);
      throw e;
    }
  }

  private void rotate() throws IOException {
    channel.close();
    if (oldFiles == 0) {
      Files.deleteIfExists(file);
    } else {
      for (int i = oldFiles - 1; i >= 1; i--) {
        moveAside(old(i), old(i + 1));
      }
      moveAside(file, old(1));
    }
    open();
  }

  private static void moveAside(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Path old(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  /** The file was removed, or the last rotation failed half-way. */
  private void reopen() throws IOException {
    channel.close();
    open();
  }

  private void open() throws IOException {
    channel =
        FileChannel.open(
            file,
            EnumSet.of(
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    long end = channel.size();
    channel.position(end);
    if (end > 0 && !endsWithNewline(end)) {
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
  }

  /** The last line may be incomplete after a crash of the machine. */
  private boolean endsWithNewline(long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    channel.read(last, end - 1);
    return last.get(0) == '\n';
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.force(true);
      channel.close();
    }
  }
}

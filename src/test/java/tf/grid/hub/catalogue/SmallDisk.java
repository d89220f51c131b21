package tf.grid.hub.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A small disk in memory, of one megabyte unless told otherwise. Only administrators may have one:
 * others skip the test.
 */
public final class SmallDisk implements AutoCloseable {

  /** Bytes that fit on it, about. */
  public static final int SIZE = 1 << 20;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Mounts one on a directory, which is made. */
  public static SmallDisk at(Path path) throws IOException {
    return at(path, SIZE);
  }

  /** Mounts one with room for so many bytes. */
  public static SmallDisk at(Path path, int size) throws IOException {
    Files.createDirectories(path);
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString()) == 0,
        "no disk can be mounted");
    return new SmallDisk(path);
  }

  /** Gives it room for so many bytes. */
  public void resize(int size) throws IOException {
    remount("size=" + size);
  }

  /** Refuses all changes, or takes them again. */
  public void setReadOnly(boolean readOnly) throws IOException {
    remount(readOnly ? "ro" : "rw");
  }

  private void remount(String option) throws IOException {
    int status = run("mount", "-o", "remount," + option, path.toString());
    if (status != 0) {
      throw new IOException(
          "tried to remount " + path + " with " + option + " but got status " + status);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    int status = run("umount", "-l", path.toString());
    if (status != 0) {
      throw new IOException("tried to unmount " + path + " but got status " + status);
    }
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noSuchCommand) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

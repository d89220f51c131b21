package tf.grid.hub.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A disk of one megabyte in memory. Only administrators may have one: others skip the test. */
public final class SmallDisk implements AutoCloseable {

  /** Bytes that fit on it, about. */
  public static final int SIZE = 1 << 20;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Mounts one on a directory, which is made. */
  public static SmallDisk at(Path path) throws IOException {
    Files.createDirectories(path);
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", path.toString()) == 0,
        "no disk can be mounted");
    return new SmallDisk(path);
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

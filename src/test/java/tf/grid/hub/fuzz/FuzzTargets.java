package tf.grid.hub.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tf.grid.hub.gateway.RequestTarget;

/** All targets, and the entry points of {@code bench/fuzz}. */
public enum FuzzTargets {
  TAR,
  PACKED,
  PAX,
  FLIST,
  MESSAGE,
  IMAGE,
  FORM,
  REQUEST;

  private static volatile FuzzTarget chosen;

  FuzzTarget target() {
    return switch (this) {
      case TAR -> new TarTarget();
      case PACKED -> new PackedTarget();
      case PAX -> new PaxTarget();
      case FLIST -> new FlistTarget();
      case MESSAGE -> new MessageTarget();
      case IMAGE -> new ImageTarget();
      case FORM -> new FormTarget();
      case REQUEST -> new RequestTarget();
    };
  }

  /** Called by Jazzer at its start; loads the classes, which takes longer than any input may. */
  public static void fuzzerInitialize() throws IOException {
    chosen = valueOf(System.getProperty("fuzz.target")).target();
    for (byte[] seed : chosen.seeds()) {
      chosen.read(seed);
    }
  }

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    chosen.read(input);
  }

  /** Writes the seeds of a target to a directory. */
  public static void main(String... arguments) throws IOException {
    Path directory = Files.createDirectories(Path.of(arguments[1]));
    List<byte[]> seeds = valueOf(arguments[0]).target().seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(directory.resolve("seed-" + i), seeds.get(i));
    }
  }
}

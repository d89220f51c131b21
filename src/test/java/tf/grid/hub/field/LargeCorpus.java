package tf.grid.hub.field;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tf.grid.hub.store.embedded.EmbeddedStore;
import tf.grid.hub.store.embedded.KeyMemory;

/**
 * Compares large trees with what GNU tar and bsdtar unpack, as {@link CorpusTest} does with a small
 * one. {@code bench/corpus} makes the trees and starts this program, because that takes minutes and
 * tens of gigabytes.
 */
final class LargeCorpus {
  private static final int SHOWN = 20;
  private static final String ARCHIVE = "archive.tar";

  private final Path directory;
  private final FlistBuild build;
  private final PrintStream out;
  private boolean equal = true;

  private LargeCorpus(Path directory, FlistBuild build, PrintStream out) {
    this.directory = directory;
    this.build = build;
    this.out = out;
  }

  /**
   * Packs, converts and compares trees; the exit status is 1 if a flist has other entries.
   *
   * @param arguments a directory, and the names of the trees in it
   */
  public static void main(String... arguments) throws Exception {
    Path directory = Path.of(arguments[0]).toAbsolutePath();
    try (EmbeddedStore store = EmbeddedStore.open(directory.resolve("chunks"), Clock.systemUTC());
        KeyMemory known = KeyMemory.open(directory.resolve("keys"));
        FlistBuild build = new FlistBuild(store, known, directory)) {
      LargeCorpus corpus = new LargeCorpus(directory, build, System.out);
      for (String tree : Arrays.asList(arguments).subList(1, arguments.length)) {
        for (String format : List.of("gnu", "posix", "ustar")) {
          corpus.compare(tree, format);
        }
      }
      if (!corpus.equal) {
        throw new AssertionError("some flists differ from what tar unpacks");
      }
    }
  }

  private void compare(String tree, String format) throws Exception {
    // A format that cannot hold an entry leaves it out, for all readers alike.
    new Shell(directory).run("tar --format=" + format + " -cf " + ARCHIVE + " " + tree);
    long start = System.nanoTime();
    FlistBuild.Converted flist;
    try (InputStream archive = Files.newInputStream(directory.resolve(ARCHIVE))) {
      flist = build.convert(archive);
    }
    Duration converted = since(start);
    List<String> differences = new Judges(directory).differences(ARCHIVE, flist.listing());
    report(tree, format, flist, converted, differences);
    differences.stream().limit(SHOWN).forEach(out::println);
    equal &= differences.isEmpty() && !flist.listing().isEmpty();
  }

  private void report(
      String tree,
      String format,
      FlistBuild.Converted flist,
      Duration converted,
      List<String> differences)
      throws IOException {
    Map<String, String> listing = flist.listing();
    out.printf(
        "%-8s %-5s %7d entries %6d MiB, read in %.1f s, %d differences, %d warnings%n",
        tree,
        format,
        listing.size(),
        Files.size(directory.resolve(ARCHIVE)) >> 20,
        converted.toMillis() / 1000.0,
        differences.size(),
        flist.warnings().size());
    flist.warnings().forEach(out::println);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}

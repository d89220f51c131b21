package tf.grid.hub.space;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.catalogue.change.Dependents;
import tf.grid.hub.catalogue.change.EntryName;
import tf.grid.hub.catalogue.change.LinkChanges;
import tf.grid.hub.catalogue.change.TagChanges;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.file.Sha256;
import tf.grid.hub.upload.UploadRejectedException;
import tf.grid.hub.upload.merge.FlistMerger;
import tf.grid.hub.upload.merge.MergeSources;

/**
 * A process of its own that works until it is killed. Clients upload, merge, copy, rename, delete,
 * link and tag, each in its own repository, while collections run and rewrite packs. There is no
 * grace period: chunks are kept by leases and flists only. Arguments: a directory, and a seed.
 *
 * <p>Prints a line {@code begin CLIENT NAME...} before a change, with what it may replace or
 * remove, and {@code end CLIENT STATE} after it, with the whole state of its repository. After each
 * collection it prints {@code collected CHUNKS}.
 */
final class WorkUntilKilled {
  static final int CLIENTS = 3;

  private static final int NAMES = 4;
  private static final int SHARED = 16;
  private static final int FILES = 8;
  private static final int MOST_CHARACTERS = 60_000;

  private final SpaceBench hub;
  private final LinkChanges links;
  private final TagChanges tags;
  private final FlistMerger merger;

  private WorkUntilKilled(Path directory) throws IOException {
    hub = open(directory);
    links = new LinkChanges(hub.catalogue);
    tags =
        new TagChanges(
            hub.catalogue,
            new Dependents(
                hub.catalogue, new Listings(hub.catalogue, Set.of(), Clock.systemUTC())));
    merger =
        new FlistMerger(new MergeSources(hub.catalogue), hub.publisher, hub.settings, hub.places);
  }

  static SpaceBench open(Path directory) throws IOException {
    Clock past = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);
    return new SpaceBench(directory, Duration.ofSeconds(-10), past);
  }

  public static void main(String[] arguments) throws IOException, ArchiveException {
    Path directory = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    WorkUntilKilled work = new WorkUntilKilled(directory);
    // A collection refuses to delete from a catalogue without repositories.
    work.hub.upload(SpaceBench.ALICE, "first", List.of("first"));
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      Random random = new Random(seed * CLIENTS + i);
      new Thread(() -> work.change(number, random), "client " + i).start();
    }
    while (true) {
      say("collected " + work.hub.collect().deleted().chunks());
    }
  }

  static RepositoryName repository(int client) {
    return new RepositoryName("client" + client);
  }

  private void change(int client, Random random) {
    try {
      sayState(client);
      while (true) {
        step(client, random);
        sayState(client);
      }
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private void step(int client, Random random) throws Exception {
    RepositoryName own = repository(client);
    RepositoryName source = repository(random.nextInt(CLIENTS));
    String one = "f" + random.nextInt(NAMES);
    String other = "f" + random.nextInt(NAMES);
    TagName tag = new TagName("v" + random.nextInt(2));
    String tagged = ".tag-" + tag.value();
    try {
      switch (random.nextInt(10)) {
        case 0 -> {
          begin(client, one);
          hub.changes.delete(own, EntryName.parse(one));
        }
        case 1 -> {
          begin(client, one, other);
          hub.changes.rename(own, EntryName.parse(one), EntryName.parse(other));
        }
        case 2 -> {
          begin(client, other);
          hub.changes.promote(own, source, FlistName.parse(one), FlistName.parse(other));
        }
        case 3 -> {
          begin(client, "link");
          links.link(own, FlistName.parse(one), FlistName.parse("link"));
        }
        case 4 -> {
          begin(client, tagged);
          tags.add(own, tag, FlistName.parse(one), source, FlistName.parse(other));
        }
        case 5 -> {
          begin(client, tagged);
          tags.remove(own, tag);
        }
        case 6, 7 -> {
          begin(client, other);
          merger.merge(own, FlistName.parse(other), List.of(own + "/" + one, source + "/" + one));
        }
        default -> {
          begin(client, one);
          hub.upload(own, one, contents(random));
        }
      }
    } catch (CatalogueException | UploadRejectedException rejected) {
      // Its source was deleted before, or another client was faster.
      return;
    }
  }

  private static List<String> contents(Random random) {
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      contents.add(
          text(random.nextInt(5) > 0 ? new Random(random.nextInt(SHARED)) : new Random(i)));
    }
    contents.add(text(random));
    return contents;
  }

  private static String text(Random random) {
    int length = 1 + random.nextInt(MOST_CHARACTERS);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) (' ' + random.nextInt(90)));
    }
    return text.toString();
  }

  private static void begin(int client, String... names) {
    say("begin " + client + " " + String.join(" ", names));
  }

  private void sayState(int client) throws IOException {
    String state =
        state(hub.directory, client).entrySet().stream()
            .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());
    say("end " + client + state);
  }

  /** Names below the repository of a client, with the digest of a file or the target of a link. */
  static Map<String, String> state(Path directory, int client) throws IOException {
    TreeMap<String, String> state = new TreeMap<>();
    Path root = directory.resolve("users").resolve(repository(client).value());
    if (Files.isDirectory(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          if (Files.isSymbolicLink(file)) {
            state.put(name(root, file), Files.readSymbolicLink(file).toString());
          } else if (Files.isRegularFile(file)) {
            byte[] digest = Sha256.start().digest(Files.readAllBytes(file));
            state.put(name(root, file), HexFormat.of().formatHex(digest));
          }
        }
      }
    }
    return state;
  }

  private static String name(Path root, Path file) {
    return root.relativize(file).toString().replaceFirst("\\.flist$", "");
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}

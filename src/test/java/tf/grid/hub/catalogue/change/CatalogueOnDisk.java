package tf.grid.hub.catalogue.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.statistics.DownloadCounts;

/** The changes of a catalogue in a directory, which tests look at and touch by hand. */
final class CatalogueOnDisk implements AutoCloseable {

  static final RepositoryName ALICE = new RepositoryName("alice.3bot");
  static final RepositoryName BOB = new RepositoryName("bob.3bot");

  private final Path users;
  private final Md5Cache md5s;
  final Catalogue catalogue;
  final Listings listings;
  final DownloadCounts counts;
  final FlistChanges flists;
  final LinkChanges links;
  final TagChanges tags;
  final TagLinkChanges tagLinks;

  CatalogueOnDisk(Path data) throws IOException {
    users = data.resolve("public/users");
    md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(users, md5s);
    listings = new Listings(catalogue, Set.of(), Clock.systemUTC());
    Dependents dependents = new Dependents(catalogue, listings);
    counts = DownloadCounts.open(data.resolve("downloads"), users, Clock.systemUTC());
    flists = new FlistChanges(catalogue, dependents, counts);
    links = new LinkChanges(catalogue);
    tags = new TagChanges(catalogue, dependents);
    tagLinks = new TagLinkChanges(catalogue);
  }

  @Override
  public void close() throws IOException {
    counts.close();
    md5s.close();
  }

  static FlistName flist(String name) {
    return FlistName.parse(name);
  }

  static EntryName entry(String name) {
    return EntryName.parse(name);
  }

  static TagName tag(String name) {
    return new TagName(name);
  }

  static TagLinkName tagLink(String name) {
    return new TagLinkName(name);
  }

  /** Where something is below the users directory. */
  Path path(String name) {
    return users.resolve(name);
  }

  /** Publishes a flist with this text. */
  void publish(RepositoryName repository, String name, String text) throws IOException {
    catalogue.publish(repository, flist(name), out -> out.write(text.getBytes(UTF_8)));
  }

  /** Makes a link by hand, with the directory that it is in. */
  void linkByHand(String name, String text) throws IOException {
    Files.createDirectories(path(name).getParent());
    Files.createSymbolicLink(path(name), Path.of(text));
  }

  /** Everything in the users directory: the text of files, {@code -> text} of links. */
  SortedMap<String, String> tree() throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    try (Stream<Path> files = Files.walk(users)) {
      files
          .filter(file -> !file.equals(users))
          .forEach(file -> tree.put(users.relativize(file).toString(), shown(file)));
    }
    return tree;
  }

  private static String shown(Path file) {
    try {
      if (Files.isSymbolicLink(file)) {
        return "-> " + Files.readSymbolicLink(file);
      }
      return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "/" : Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

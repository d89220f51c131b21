package tf.grid.hub.catalogue.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.RepositoryContent;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.change.Dependents;
import tf.grid.hub.catalogue.change.EntryName;
import tf.grid.hub.catalogue.change.FlistChanges;
import tf.grid.hub.catalogue.change.LinkChanges;
import tf.grid.hub.catalogue.change.TagChanges;
import tf.grid.hub.catalogue.change.TagLinkChanges;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.statistics.DownloadCounts;

/** A catalogue, all that changes it, and what the contract looks at. */
final class ChangedCatalogue implements Closeable {

  static final RepositoryName ALICE = new RepositoryName("alice.3bot");
  static final RepositoryName BOB = new RepositoryName("bob.3bot");

  final Catalogue catalogue;
  final Listings listings;
  final FlistChanges flists;
  final LinkChanges links;
  final TagChanges tags;
  final TagLinkChanges tagLinks;
  final List<CatalogueEvent> events;
  final DownloadCounts counts;
  private final Closeable closing;

  /**
   * Puts the parts together.
   *
   * @param events gets those of the catalogue
   * @param counts is closed with this
   * @param closing what ends the catalogue
   */
  ChangedCatalogue(
      Catalogue catalogue, List<CatalogueEvent> events, DownloadCounts counts, Closeable closing) {
    this.catalogue = catalogue;
    this.events = events;
    this.counts = counts;
    this.closing = closing;
    listings = new Listings(catalogue, Set.of(), Clock.systemUTC());
    Dependents dependents = new Dependents(catalogue, listings);
    flists = new FlistChanges(catalogue, dependents, counts);
    links = new LinkChanges(catalogue);
    tags = new TagChanges(catalogue, dependents);
    tagLinks = new TagLinkChanges(catalogue);
  }

  /** A list for events of several threads. */
  static List<CatalogueEvent> events() {
    return Collections.synchronizedList(new ArrayList<>());
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

  void publish(RepositoryName repository, String name, String text) throws IOException {
    catalogue.publish(repository, flist(name), out -> out.write(text.getBytes(UTF_8)));
  }

  /** Makes a link as the hub stores it, whether it leads anywhere or not. */
  void rawLink(RepositoryName repository, String stored, String text) throws IOException {
    catalogue.changeOrMake(
        repository,
        open -> {
          open.link(stored, text);
          return null;
        });
  }

  /** The text of a flist, found as a download finds it. */
  String text(RepositoryName repository, String name) throws IOException {
    try (InputStream in =
        Channels.newInputStream(catalogue.entries().locate(repository, flist(name)).open())) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** Everything: {@code /} for repositories and tags, {@code -> text} for links. */
  SortedMap<String, String> tree() throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    for (Map.Entry<RepositoryName, RepositoryContent> found :
        catalogue.reader(Clock.systemUTC()).read().entrySet()) {
      RepositoryName repository = found.getKey();
      tree.put(repository.value(), "/");
      for (Map.Entry<String, StoredItem> item : found.getValue().items().entrySet()) {
        tree.put(repository + "/" + item.getKey(), shown(repository, item));
      }
      found
          .getValue()
          .tags()
          .forEach(
              (tag, entries) ->
                  entries.forEach(
                      (name, link) ->
                          tree.put(
                              repository + "/" + tag.stored() + "/" + name,
                              "-> " + ((StoredItem.Link) link).target())));
    }
    return tree;
  }

  private String shown(RepositoryName repository, Map.Entry<String, StoredItem> item)
      throws IOException {
    if (item.getValue() instanceof StoredItem.Link link) {
      return "-> " + link.target();
    }
    return item.getValue() instanceof StoredItem.Directory ? "/" : text(repository, item.getKey());
  }

  @Override
  public void close() throws IOException {
    counts.close();
    closing.close();
  }
}

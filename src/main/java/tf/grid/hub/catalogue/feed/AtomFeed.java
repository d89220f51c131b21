package tf.grid.hub.catalogue.feed;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.FileName;
import tf.grid.hub.problem.PrintableText;

/**
 * Writes an Atom feed (RFC 4287) of the entries of a repository that changed last. Every change has
 * an entry with an id of its own, because readers do not show updates of entries they know.
 */
final class AtomFeed {

  static final String TYPE = "application/atom+xml;charset=UTF-8";

  private static final int MOST = 50;
  private static final String NAMESPACE = "http://www.w3.org/2005/Atom";
  private static final Comparator<ListingEntry> NEWEST =
      Comparator.comparingLong(ListingEntry::updated).reversed();

  private final XMLStreamWriter xml;
  private final String repository;
  private final String address;

  private AtomFeed(XMLStreamWriter xml, URI hub, RepositoryName repository) {
    this.xml = xml;
    this.repository = repository.value();
    this.address = hub + "/" + FileName.encode(repository.value());
  }

  /**
   * The feed in UTF-8.
   *
   * @param hub its public URL, without a trailing slash
   * @param entries all of the repository, in any order
   */
  static byte[] of(URI hub, RepositoryName repository, List<ListingEntry> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 13);
    List<ListingEntry> newest = entries.stream().sorted(NEWEST).limit(MOST).toList();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
      new AtomFeed(xml, hub, repository).write(newest);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML is written to memory", e);
    }
    return bytes.toByteArray();
  }

  private void write(List<ListingEntry> newest) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("feed");
    xml.writeDefaultNamespace(NAMESPACE);
    element("id", address);
    element("title", PrintableText.of(repository));
    element("updated", time(newest.stream().mapToLong(ListingEntry::updated).max().orElse(0)));
    xml.writeStartElement("author");
    element("name", PrintableText.of(repository));
    xml.writeEndElement();
    link("alternate", address);
    for (ListingEntry entry : newest) {
      write(entry);
    }
    xml.writeEndDocument();
  }

  private void write(ListingEntry entry) throws XMLStreamException {
    String page = address + "/" + page(entry);
    xml.writeStartElement("entry");
    element("id", page + "#" + entry.updated());
    element("title", PrintableText.of(entry.name()));
    element("updated", time(entry.updated()));
    link("alternate", page);
    element("summary", PrintableText.of(summary(entry)));
    xml.writeEndElement();
  }

  private static String page(ListingEntry entry) {
    String name = FileName.encode(entry.name());
    if (entry instanceof ListingEntry.Tag) {
      return "tags/" + name;
    }
    return entry instanceof ListingEntry.TagLink ? name : name + ".md";
  }

  private static String summary(ListingEntry entry) {
    if (entry instanceof ListingEntry.SymbolicLink link) {
      return "Link to " + link.target();
    }
    if (entry instanceof ListingEntry.TagLink link) {
      return "Link to the tag " + link.target();
    }
    return entry instanceof ListingEntry.Tag ? "Tag" : "Flist";
  }

  private static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }

  private void element(String name, String text) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private void link(String relation, String target) throws XMLStreamException {
    xml.writeEmptyElement("link");
    xml.writeAttribute("rel", relation);
    xml.writeAttribute("href", target);
  }
}

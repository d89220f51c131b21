package tf.grid.hub.site.identity;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a hub presents itself. Immutable.
 *
 * @param name in the header and the titles of all pages
 * @param logo an image file, shown before the name
 * @param welcome Markdown for the start page, instead of the usual introduction; empty if not set
 * @param links at the end of all pages
 * @param language of all pages; empty if visitors choose
 */
public record SiteIdentity(
    String name,
    Optional<Path> logo,
    String welcome,
    List<SiteLink> links,
    Optional<Locale> language) {

  /** Keeps a copy of the list. */
  public SiteIdentity {
    links = List.copyOf(links);
  }

  /**
   * A link to another site.
   *
   * @param text for visitors
   * @param address an http or https URL
   */
  public record SiteLink(String text, URI address) {}
}

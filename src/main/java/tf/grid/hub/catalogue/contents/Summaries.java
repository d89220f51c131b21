package tf.grid.hub.catalogue.contents;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.digest.Fingerprint;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.FlistUnreadableException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.json.JsonBody;

/**
 * Short responses about one flist or link. None has a field {@code status}, which clients interpret
 * as an error. Thread-safe.
 */
public final class Summaries {

  private final Catalogue catalogue;
  private final Md5Cache md5s;

  public Summaries(Catalogue catalogue, Md5Cache md5s) {
    this.catalogue = catalogue;
    this.md5s = md5s;
  }

  /**
   * Returns name, size, time and digest of a flist; for a link also its own time and its target.
   *
   * @throws FlistUnreadableException if the file cannot be read
   */
  public JsonBody of(LocatedFlist flist) {
    Fingerprint found = fingerprint(flist);
    return JsonBody.of(
        json -> {
          json.writeStartObject()
              .write("name", flist.name().stored())
              .write("size", found.identity().size())
              .write("updated", found.identity().modifiedSeconds())
              .write("type", flist.link().isPresent() ? "symlink" : "regular")
              .write("md5", found.md5());
          flist
              .link()
              .ifPresent(
                  link -> json.write("linktime", link.modified()).write("target", target(link)));
          json.writeEnd();
        });
  }

  /**
   * Where a link to a tag leads, be there a tag or not.
   *
   * @param name the link's, to which clients may have added the suffix of flists
   * @throws FlistNotFoundException if it is not a link to a tag
   */
  public JsonBody ofTagLink(RepositoryName repository, String name) {
    boolean suffixed = name.endsWith(FlistName.SUFFIX);
    String bare = suffixed ? FlistName.parse(name).withoutSuffix() : name;
    EntryPath tag = catalogue.entries().tagNamedBy(repository, new TagLinkName(bare));
    TagName tagName = TagName.ofStored(tag.name()).orElseThrow(FlistNotFoundException::new);
    return JsonBody.of(
        json ->
            json.writeStartObject()
                .write("target", tag.repository() + "/tags/" + tagName)
                .writeEnd());
  }

  /** The target as stored, but no absolute path of the operator's disk. */
  private static String target(StoredItem.Link link) {
    String text = link.target();
    return text.startsWith("/") ? text.substring(text.lastIndexOf('/') + 1) : text;
  }

  private Fingerprint fingerprint(LocatedFlist flist) {
    try {
      return md5s.of(flist.file());
    } catch (NoSuchFileException e) {
      throw new FlistNotFoundException();
    } catch (IOException e) {
      throw new FlistUnreadableException(flist.name(), "the file cannot be read", e);
    }
  }
}

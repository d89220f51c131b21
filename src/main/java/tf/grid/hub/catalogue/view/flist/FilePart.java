package tf.grid.hub.catalogue.view.flist;

import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.catalogue.browse.ContentLost;
import tf.grid.hub.catalogue.browse.FileContent;
import tf.grid.hub.catalogue.preview.Excerpt;
import tf.grid.hub.catalogue.preview.Picture;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.http.StoreMapper;
import tf.grid.hub.store.StoreException;

/**
 * What a page shows of a file's content. Immutable.
 *
 * @param query that asks for the file
 * @param excerpt a part of it; empty if it is a picture, or cannot be read
 * @param picture whether it is a picture that can be shown
 * @param lost why it cannot be read; empty if it can
 */
public record FilePart(String query, Optional<Excerpt> excerpt, boolean picture, String lost) {

  /**
   * Reads a file.
   *
   * @param from the first byte to show, as somebody asked for it
   * @param to behind the last byte, which counts before the first
   */
  static FilePart of(FlistPath path, FileContent file, String from, String to) {
    String query = PathParameter.of(path);
    try {
      boolean picture = Picture.of(file).isPresent();
      Optional<Excerpt> excerpt = picture ? Optional.empty() : Optional.of(excerpt(file, from, to));
      return new FilePart(query, excerpt, picture, "");
    } catch (ContentLost e) {
      return lost(query, e.getMessage());
    } catch (StoreException e) {
      return lost(query, StoreMapper.message(e));
    } catch (IOException e) {
      return lost(query, "the file cannot be read");
    }
  }

  private static FilePart lost(String query, String why) {
    return new FilePart(query, Optional.empty(), false, why);
  }

  private static Excerpt excerpt(FileContent file, String from, String to) throws IOException {
    return isPlace(to)
        ? Excerpt.before(file, Long.parseLong(to))
        : Excerpt.of(file, isPlace(from) ? Long.parseLong(from) : 0);
  }

  private static boolean isPlace(String text) {
    return text.matches("[0-9]{1,18}");
  }

  /** The part of it; null if there is none. */
  public Excerpt shown() {
    return excerpt.orElse(null);
  }

  /** The query for the file itself. */
  public String raw() {
    return query + "&raw=";
  }

  /** The query for the part before; empty if this is the first. */
  public String previous() {
    return excerpt
        .filter(part -> part.from() > 0)
        .map(part -> query + "&to=" + part.from())
        .orElse("");
  }

  /** The query for the next part; empty if this is the last. */
  public String next() {
    return excerpt
        .filter(part -> part.to() < part.size())
        .map(part -> query + "&from=" + part.to())
        .orElse("");
  }
}

package tf.grid.hub.site.flist;

import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.catalogue.browse.FileContent;
import tf.grid.hub.catalogue.browse.FileContent.ContentLostException;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.site.catalogue.PathParameter;
import tf.grid.hub.site.preview.FileExcerpt;
import tf.grid.hub.site.preview.ImageType;
import tf.grid.hub.store.StoreException;

/**
 * What a page shows of a file's content. Immutable.
 *
 * @param query that asks for the file
 * @param excerpt a part of it; empty if it is a picture, or cannot be read
 * @param picture whether it is a picture that can be shown
 * @param lost why it cannot be read; empty if it can
 */
public record FilePart(String query, Optional<FileExcerpt> excerpt, boolean picture, String lost) {

  /**
   * Reads a file.
   *
   * @param from the first byte to show, as somebody asked for it
   * @param to behind the last byte, which counts before the first
   */
  static FilePart of(FlistPath path, FileContent file, String from, String to) {
    String query = PathParameter.of(path);
    try {
      boolean picture = ImageType.of(file).isPresent();
      Optional<FileExcerpt> excerpt =
          picture ? Optional.empty() : Optional.of(excerpt(file, from, to));
      return new FilePart(query, excerpt, picture, "");
    } catch (ContentLostException e) {
      return lost(query, e.getMessage());
    } catch (StoreException e) {
      return lost(query, e.publicMessage());
    } catch (IOException e) {
      return lost(query, "the file cannot be read");
    }
  }

  private static FilePart lost(String query, String why) {
    return new FilePart(query, Optional.empty(), false, why);
  }

  private static FileExcerpt excerpt(FileContent file, String from, String to) throws IOException {
    return isPlace(to)
        ? FileExcerpt.before(file, Long.parseLong(to))
        : FileExcerpt.of(file, isPlace(from) ? Long.parseLong(from) : 0);
  }

  private static boolean isPlace(String text) {
    return text.matches("[0-9]{1,18}");
  }

  /** The part of it; null if there is none. */
  public FileExcerpt shown() {
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

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
 * The part of a file's content shown on a page. Immutable.
 *
 * @param query the query string of the file
 * @param excerpt the part; empty for an image or an unreadable file
 * @param picture whether it is an image that can be shown
 * @param lost why the file cannot be read; empty if it can
 * @param line number of the first line, from 1; 0 if not known
 */
public record FilePart(
    String query, Optional<FileExcerpt> excerpt, boolean picture, String lost, long line) {

  /**
   * Reads a part of a file.
   *
   * @param from offset of the first byte, as sent by the client
   * @param to offset after the last byte; takes precedence over {@code from}
   * @param line number of the line that starts there, as sent by the client
   */
  static FilePart of(FlistPath path, FileContent file, String from, String to, String line) {
    String query = PathParameter.of(path);
    try {
      boolean picture = ImageType.of(file).isPresent();
      Optional<FileExcerpt> excerpt =
          picture ? Optional.empty() : Optional.of(excerpt(file, from, to));
      long first =
          excerpt
              .filter(part -> part.text().isPresent())
              .map(part -> line(part, to, line))
              .orElse(0L);
      return new FilePart(query, excerpt, picture, "", first);
    } catch (ContentLostException e) {
      return lost(query, e.getMessage());
    } catch (StoreException e) {
      return lost(query, e.publicMessage());
    } catch (IOException e) {
      return lost(query, "the file cannot be read");
    }
  }

  private static FilePart lost(String query, String why) {
    return new FilePart(query, Optional.empty(), false, why, 0);
  }

  private static long line(FileExcerpt part, String to, String line) {
    if (part.from() == 0) {
      return 1;
    }
    long known = isPlace(line) ? Long.parseLong(line) : 0;
    return isPlace(to) ? Math.max(0, known - part.lineBreaks()) : known;
  }

  private static FileExcerpt excerpt(FileContent file, String from, String to) throws IOException {
    return isPlace(to)
        ? FileExcerpt.before(file, Long.parseLong(to))
        : FileExcerpt.of(file, isPlace(from) ? Long.parseLong(from) : 0);
  }

  private static boolean isPlace(String text) {
    return text.matches("[0-9]{1,18}");
  }

  /** The part, or null. */
  public FileExcerpt shown() {
    return excerpt.orElse(null);
  }

  /**
   * The text with numbered lines as HTML; empty if it has too many lines or their numbers are not
   * known.
   */
  public String numbered() {
    return line > 0 ? NumberedLines.html(excerpt.orElseThrow().text().orElseThrow(), line) : "";
  }

  /** The query string of the raw file. */
  public String raw() {
    return query + "&raw=";
  }

  /** The query string of the previous part; empty for the first. */
  public String previous() {
    return excerpt
        .filter(part -> part.from() > 0)
        .map(part -> query + "&to=" + part.from() + (line > 0 ? "&line=" + line : ""))
        .orElse("");
  }

  /** The query string of the next part; empty for the last. */
  public String next() {
    return excerpt
        .filter(part -> part.to() < part.size())
        .map(
            part ->
                query
                    + "&from="
                    + part.to()
                    + (line > 0 ? "&line=" + (line + part.lineBreaks()) : ""))
        .orElse("");
  }
}

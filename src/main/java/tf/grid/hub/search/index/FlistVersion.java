package tf.grid.hub.search.index;

import java.io.IOException;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;
import tf.grid.hub.catalogue.digest.ContentVersion;

/**
 * A flist and the version of its file.
 *
 * @param repository the repository
 * @param name the name with its suffix
 * @param version identifies the content of the file
 */
public record FlistVersion(String repository, String name, String version) {

  /** Separates the parts; none can contain it. */
  private static final char SEPARATOR = '\0';

  /** The current version of a file. */
  public static FlistVersion of(String repository, String name, ContentVersion file) {
    return new FlistVersion(repository, name, file.term());
  }

  /** Reads the form that {@link #term} returns. */
  static FlistVersion parse(BytesRef stored) {
    String term = stored.utf8ToString();
    int first = term.indexOf(SEPARATOR);
    int second = term.indexOf(SEPARATOR, first + 1);
    return new FlistVersion(
        term.substring(0, first), term.substring(first + 1, second), term.substring(second + 1));
  }

  /** The version of the document that the values were moved to. */
  static FlistVersion parse(SortedDocValues versions) throws IOException {
    return parse(versions.lookupOrd(versions.ordValue()));
  }

  /** The key of the flist's documents in the index. */
  String term() {
    return repository + SEPARATOR + name + SEPARATOR + version;
  }
}

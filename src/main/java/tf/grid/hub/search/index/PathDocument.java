package tf.grid.hub.search.index;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/**
 * Up to 128 consecutive paths of a flist, which are one document of the index. Lucene compresses
 * the paths and needs a number for each term and document, not for each path. Not thread-safe.
 */
final class PathDocument {

  /** The version of the flist: a term, and a value of the document. */
  static final String VERSION = "version";

  /** The repository: a term. */
  static final String REPOSITORY = "repository";

  /** Last components of the paths, in lower case: terms. */
  static final String NAME = "name";

  /** Trigrams of the paths in lower case: terms. */
  static final String TRIGRAM = "trigram";

  /** The paths: a stored value. */
  static final String PATHS = "paths";

  /** In the last document of a version, which has no paths: a term. */
  static final String COMPLETE = "complete";

  /** In the last document of a version: the size of its files. */
  static final String CONTENT = "content";

  private static final int MOST_PATHS = 128;
  private static final int MOST_BYTES = 8 << 10;

  /** Lucene rejects terms of more than 32,766 bytes; no file system has names near that. */
  private static final int MOST_NAME = 1024;

  /** Ends a path; no path can contain it. */
  private static final byte END = 0;

  private static final FieldType TERMS = terms();

  private final ByteArrayOutputStream paths = new ByteArrayOutputStream(MOST_BYTES);
  private final Set<String> names = new TreeSet<>();
  private final Trigrams trigrams = new Trigrams();
  private int size;

  private static FieldType terms() {
    FieldType type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS);
    type.setOmitNorms(true);
    type.setTokenized(true);
    type.freeze();
    return type;
  }

  /** Adds a path without its leading slash. */
  void add(byte[] path) {
    paths.writeBytes(path);
    paths.write(END);
    String text = text(path);
    trigrams.add(text);
    String name = text.substring(text.lastIndexOf('/') + 1);
    names.add(name.length() > MOST_NAME ? name.substring(0, MOST_NAME) : name);
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size == MOST_PATHS || paths.size() >= MOST_BYTES;
  }

  /** The document with these paths. */
  Document of(FlistVersion flist) {
    Document document = belongingTo(flist);
    document.add(new StringField(REPOSITORY, flist.repository(), Field.Store.NO));
    document.add(new Field(NAME, new TermStream(names.iterator()), TERMS));
    document.add(new Field(TRIGRAM, new TermStream(trigrams.iterator()), TERMS));
    document.add(new StoredField(PATHS, paths.toByteArray()));
    return document;
  }

  /**
   * The last document of a flist.
   *
   * @param contentBytes size of its files
   */
  static Document complete(FlistVersion flist, long contentBytes) {
    Document document = belongingTo(flist);
    document.add(new StringField(COMPLETE, flist.term(), Field.Store.NO));
    document.add(new NumericDocValuesField(CONTENT, contentBytes));
    return document;
  }

  private static Document belongingTo(FlistVersion flist) {
    Document document = new Document();
    document.add(new StringField(VERSION, flist.term(), Field.Store.NO));
    document.add(new SortedDocValuesField(VERSION, new BytesRef(flist.term())));
    return document;
  }

  /** The paths of a stored document. */
  static List<byte[]> paths(BytesRef stored) {
    List<byte[]> paths = new ArrayList<>();
    int start = stored.offset;
    for (int i = start; i < stored.offset + stored.length; i++) {
      if (stored.bytes[i] == END) {
        byte[] path = new byte[i - start];
        System.arraycopy(stored.bytes, start, path, 0, path.length);
        paths.add(path);
        start = i + 1;
      }
    }
    return paths;
  }

  /** The absolute path as it is compared: in lower case. Bytes that are not UTF-8 match nothing. */
  static String text(byte[] path) {
    return "/" + new String(path, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
  }
}

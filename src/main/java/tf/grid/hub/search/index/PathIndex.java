package tf.grid.hub.search.index;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * An index of the paths in flists, in a directory of its own. It can be deleted while it is closed:
 * everything in it comes from flists. Thread-safe; changes are made by one thread.
 */
public final class PathIndex implements Closeable {
  private static final System.Logger LOG = System.getLogger(PathIndex.class.getName());

  /** Memory for documents that are not written yet. */
  private static final double BUFFER_MIB = 16;

  private final FSDirectory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  /** Content sizes of the flists in the index. */
  private final Map<FlistVersion, Long> complete = new ConcurrentHashMap<>();

  private PathIndex(FSDirectory directory, IndexWriter writer) throws IOException {
    this.directory = directory;
    this.writer = writer;
    this.searchers = new SearcherManager(writer, null);
  }

  /**
   * Opens or creates an index. What a killed process left half-written is deleted.
   *
   * @throws org.apache.lucene.store.LockObtainFailedException if another process has it open
   * @throws IOException if it is damaged, was written by another version, or cannot be read
   */
  public static PathIndex open(Path path) throws IOException {
    FSDirectory directory = FSDirectory.open(path);
    IndexWriter writer = null;
    try {
      writer = new IndexWriter(directory, settings());
      PathIndex index = new PathIndex(directory, writer);
      index.readComplete();
      index.deleteIncomplete();
      return index;
    } catch (IOException | RuntimeException e) {
      if (writer != null) {
        writer.rollback();
      }
      directory.close();
      throw e;
    }
  }

  /**
   * The same, but an index that is damaged or was written by another version is replaced by an
   * empty one.
   */
  public static PathIndex openOrReplace(Path path) throws IOException {
    try {
      return open(path);
    } catch (CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | IllegalArgumentException e) {
      LOG.log(Level.WARNING, "the index of paths in {0} is made anew: {1}", path, e.toString());
      try (FSDirectory directory = FSDirectory.open(path);
          Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
        for (String file : directory.listAll()) {
          if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
            directory.deleteFile(file);
          }
        }
        lock.ensureValid();
      }
      return open(path);
    }
  }

  private static IndexWriterConfig settings() {
    ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
    // Uploads need the cores more.
    merges.setMaxMergesAndThreads(2, 1);
    return new IndexWriterConfig().setRAMBufferSizeMB(BUFFER_MIB).setMergeScheduler(merges);
  }

  private void readComplete() throws IOException {
    read(
        reader -> {
          for (LeafReaderContext segment : reader.leaves()) {
            readComplete(segment.reader());
          }
        });
  }

  private void readComplete(LeafReader segment) throws IOException {
    NumericDocValues sizes = segment.getNumericDocValues(PathDocument.CONTENT);
    SortedDocValues versions = segment.getSortedDocValues(PathDocument.VERSION);
    if (sizes != null) {
      int document = sizes.nextDoc();
      while (document != DocIdSetIterator.NO_MORE_DOCS) {
        if (isLive(segment, document) && versions.advanceExact(document)) {
          complete.put(FlistVersion.parse(versions), sizes.longValue());
        }
        document = sizes.nextDoc();
      }
    }
  }

  private void deleteIncomplete() throws IOException {
    Set<FlistVersion> incomplete = new HashSet<>();
    read(
        reader -> {
          Terms terms = MultiTerms.getTerms(reader, PathDocument.VERSION);
          TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
          for (BytesRef term = each.next(); term != null; term = each.next()) {
            incomplete.add(FlistVersion.parse(term));
          }
        });
    incomplete.removeAll(complete.keySet());
    delete(incomplete);
    commit();
  }

  static boolean isLive(LeafReader segment, int document) {
    Bits live = segment.getLiveDocs();
    return live == null || live.get(document);
  }

  private void read(Reading reading) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      reading.of(searcher.getIndexReader());
    } finally {
      searchers.release(searcher);
    }
  }

  @FunctionalInterface
  private interface Reading {
    void of(IndexReader reader) throws IOException;
  }

  /** The flists in the index. */
  public Set<FlistVersion> flists() {
    return Set.copyOf(complete.keySet());
  }

  /** Size of all files of a flist in bytes; empty if it is not in the index. */
  public OptionalLong contentBytes(FlistVersion flist) {
    Long known = complete.get(flist);
    return known == null ? OptionalLong.empty() : OptionalLong.of(known);
  }

  /** Shows the paths of a flist. */
  @FunctionalInterface
  public interface Paths {

    /**
     * Passes each path, without a leading slash, in the order of a walk.
     *
     * @return size of all files in bytes
     */
    long forEach(PathVisitor visitor) throws IOException;
  }

  /** Gets a path. */
  @FunctionalInterface
  public interface PathVisitor {
    void path(byte[] path) throws IOException;
  }

  /**
   * Adds a flist. It is found after {@link #commit}.
   *
   * @throws IOException if the paths or the disk fail; nothing of the flist is found then
   */
  public void add(FlistVersion flist, Paths paths) throws IOException {
    try {
      long contentBytes = addPaths(flist, paths);
      writer.addDocument(PathDocument.complete(flist, contentBytes));
      complete.put(flist, contentBytes);
    } finally {
      if (!complete.containsKey(flist)) {
        writer.deleteDocuments(new Term(PathDocument.VERSION, flist.term()));
      }
    }
  }

  private long addPaths(FlistVersion flist, Paths paths) throws IOException {
    PathDocument[] open = {new PathDocument()};
    long contentBytes =
        paths.forEach(
            path -> {
              open[0].add(path);
              if (open[0].isFull()) {
                writer.addDocument(open[0].of(flist));
                open[0] = new PathDocument();
              }
            });
    if (!open[0].isEmpty()) {
      writer.addDocument(open[0].of(flist));
    }
    return contentBytes;
  }

  /** Deletes flists. They are no longer found. */
  public void delete(Collection<FlistVersion> flists) throws IOException {
    for (FlistVersion flist : flists) {
      complete.remove(flist);
      writer.deleteDocuments(new Term(PathDocument.VERSION, flist.term()));
    }
  }

  /** Writes all changes to disk, and lets searches see them. */
  public void commit() throws IOException {
    writer.commit();
    searchers.maybeRefresh();
  }

  /** Bytes on disk. */
  public long size() throws IOException {
    long size = 0;
    for (String file : directory.listAll()) {
      size += directory.fileLength(file);
    }
    return size;
  }

  /**
   * Finds flists that have matching paths.
   *
   * @param preferred repositories whose flists come first among those of the same rank
   */
  public PathMatches find(PathQuery query, Collection<String> preferred) throws IOException {
    if (query.isTooShort()) {
      return PathMatches.NONE;
    }
    IndexSearcher searcher = searchers.acquire();
    try {
      return new PathSearch(searcher, query, complete::containsKey).run(preferred);
    } finally {
      searchers.release(searcher);
    }
  }

  @Override
  public void close() throws IOException {
    try (directory;
        writer;
        searchers) {
      writer.commit();
    }
  }
}

package tf.grid.hub.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.search.index.PathMatches.FlistMatch;
import tf.grid.hub.search.index.PathQuery.Rank;

/**
 * One search. Better ranks are searched first, and terms only tell which documents may match, so
 * their paths are compared; the number of these documents bounds the time. For a single use.
 */
final class PathSearch {
  static final int MOST_FLISTS = 200;
  static final int MOST_PATHS = 3;

  /** Documents whose paths are compared. */
  private static final int MOST_DOCUMENTS = 2_000;

  private static final Set<String> STORED = Set.of(PathDocument.PATHS);

  private final IndexSearcher searcher;
  private final PathQuery query;
  private final Predicate<FlistVersion> isComplete;
  private final Map<FlistVersion, Match> found = new LinkedHashMap<>();
  private int compared;
  private boolean more;

  PathSearch(IndexSearcher searcher, PathQuery query, Predicate<FlistVersion> isComplete) {
    this.searcher = searcher;
    this.query = query;
    this.isComplete = isComplete;
  }

  PathMatches run(Collection<String> preferred) throws IOException {
    for (Query each : query.queries()) {
      if (!preferred.isEmpty()) {
        search(in(preferred, each));
      }
      search(each);
    }
    List<FlistMatch> flists =
        found.values().stream()
            .map(Match::toFlistMatch)
            .sorted(Comparator.comparing(FlistMatch::rank))
            .toList();
    return new PathMatches(flists, more);
  }

  private static Query in(Collection<String> repositories, Query query) {
    List<BytesRef> names = repositories.stream().map(BytesRef::new).toList();
    return new BooleanQuery.Builder()
        .add(query, BooleanClause.Occur.FILTER)
        .add(new TermInSetQuery(PathDocument.REPOSITORY, names), BooleanClause.Occur.FILTER)
        .build();
  }

  private void search(Query each) throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(each), ScoreMode.COMPLETE_NO_SCORES, 1);
    Set<FlistVersion> before = Set.copyOf(found.keySet());
    for (LeafReaderContext segment : searcher.getIndexReader().leaves()) {
      Scorer scorer = more ? null : weight.scorer(segment);
      if (scorer != null) {
        search(segment, scorer.iterator(), before);
      }
    }
  }

  private void search(
      LeafReaderContext segment, DocIdSetIterator documents, Set<FlistVersion> before)
      throws IOException {
    SortedDocValues versions = segment.reader().getSortedDocValues(PathDocument.VERSION);
    StoredFields stored = segment.reader().storedFields();
    int document = documents.nextDoc();
    while (document != DocIdSetIterator.NO_MORE_DOCS && !more) {
      if (PathIndex.isLive(segment.reader(), document) && versions.advanceExact(document)) {
        FlistVersion version = FlistVersion.parse(versions);
        if (!before.contains(version) && !isFull(version)) {
          compare(version, stored.document(document, STORED).getBinaryValue(PathDocument.PATHS));
        }
      }
      document = documents.nextDoc();
    }
  }

  private boolean isFull(FlistVersion version) {
    Match match = found.get(version);
    return match != null && match.more;
  }

  private void compare(FlistVersion version, BytesRef paths) {
    if (++compared > MOST_DOCUMENTS) {
      more = true;
      return;
    }
    for (byte[] path : PathDocument.paths(paths)) {
      String text = PathDocument.text(path);
      if (query.matches(text)) {
        add(version, path, query.rank(text));
      }
    }
  }

  private void add(FlistVersion version, byte[] path, Rank rank) {
    Match match = found.get(version);
    if (match == null) {
      if (!isComplete.test(version)) {
        return;
      }
      if (found.size() == MOST_FLISTS) {
        more = true;
        return;
      }
      match = new Match(version);
      found.put(version, match);
    }
    match.add(path, rank);
  }

  /** A flist with its best paths. */
  private static final class Match {
    private final FlistVersion flist;
    private final List<RankedPath> paths = new ArrayList<>();
    private boolean more;

    Match(FlistVersion flist) {
      this.flist = flist;
    }

    void add(byte[] path, Rank rank) {
      paths.add(new RankedPath(FlistPath.of(path), rank));
      if (paths.size() > MOST_PATHS) {
        paths.sort(Comparator.comparing(RankedPath::rank));
        paths.remove(MOST_PATHS);
        more = true;
      }
    }

    FlistMatch toFlistMatch() {
      paths.sort(Comparator.comparing(RankedPath::rank));
      List<FlistPath> best = paths.stream().map(RankedPath::path).toList();
      return new FlistMatch(flist, paths.get(0).rank(), best, more);
    }
  }

  private record RankedPath(FlistPath path, Rank rank) {}
}

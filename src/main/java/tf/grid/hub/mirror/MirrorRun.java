package tf.grid.hub.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.mirror.copy.CopySource;
import tf.grid.hub.mirror.copy.RepositoryCopy;
import tf.grid.hub.mirror.copy.RepositoryVersions;
import tf.grid.hub.mirror.source.HubSource.Answer;
import tf.grid.hub.mirror.source.RemoteListing;
import tf.grid.hub.mirror.source.RemoteRepository;
import tf.grid.hub.mirror.source.SourceException.SourceDamagedException;
import tf.grid.hub.mirror.source.SourceException.SourceGoneException;

/**
 * One comparison with the source. It begins with one conditional request; only repositories whose
 * time has moved are listed, and only flists whose time has moved are downloaded. For a single use
 * by one thread.
 */
final class MirrorRun {
  private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_PROBLEMS = 20;

  private final MirrorState state;
  private final CopySource source;
  private final RepositoryCopy copies;
  private final Set<RepositoryName> wanted;
  private final MirrorStatus status;
  private final Clock clock;
  private final Ticker ticker;
  private boolean complete = true;
  private long savedAt;

  /**
   * Prepares a run.
   *
   * @param wanted the repositories to mirror; all if it is empty
   */
  MirrorRun(
      MirrorState state,
      CopySource source,
      RepositoryCopy copies,
      Set<RepositoryName> wanted,
      MirrorStatus status,
      Clock clock,
      Ticker ticker) {
    this.state = state;
    this.source = source;
    this.copies = copies;
    this.wanted = wanted;
    this.status = status;
    this.clock = clock;
    this.ticker = ticker;
    this.savedAt = ticker.nanos() - SAVE_NANOS;
  }

  /**
   * Makes this hub equal to its source.
   *
   * @return whether it is, apart from entries that cannot be copied
   * @throws IOException if the source or this hub fails; what was done stays
   */
  boolean run() throws IOException {
    Instant begun = clock.instant();
    Answer<RemoteListing<RemoteRepository>> answer = source.hub().repositories(state.tag());
    boolean tagged = answer.tag().isPresent();
    Map<RepositoryName, Long> times = new HashMap<>();
    Optional<String> tag = answer.tag().or(state::tag).filter(known -> tagged);
    if (answer.content().isPresent()) {
      state.begun();
      times.putAll(listed(answer.content().get()));
    } else {
      state.repositories().forEach((name, known) -> times.put(name, known.updated()));
    }
    RemoteListing<?> clockOfSource =
        new RemoteListing<>(List.of(), Optional.empty(), answer.time(), 0);
    for (Map.Entry<RepositoryName, Long> one : times.entrySet()) {
      if (isDue(one.getKey(), one.getValue(), tagged)) {
        copy(one.getKey(), one.getValue(), clockOfSource.settles(one.getValue()));
      }
    }
    for (RepositoryName gone : List.copyOf(state.repositories().keySet())) {
      if (!times.containsKey(gone)) {
        copies.delete(gone, state.versions(gone));
        state.forget(gone);
      }
    }
    if (complete) {
      state.completed(tag, begun);
    }
    state.save();
    return complete;
  }

  private Map<RepositoryName, Long> listed(RemoteListing<RemoteRepository> listing)
      throws SourceDamagedException {
    if (listing.items().isEmpty() && !state.repositories().isEmpty()) {
      throw new SourceDamagedException(
          source.hub().base() + " lists no repositories at all: nothing is deleted", null);
    }
    Map<RepositoryName, Long> times = new HashMap<>();
    for (RemoteRepository one : listing.items()) {
      if (wanted.isEmpty() || wanted.contains(one.name())) {
        times.put(one.name(), one.updated());
        state
            .repositories()
            .merge(
                one.name(),
                RepositorySummary.NEW.markedAs(one.official()),
                (known, unused) -> known.markedAs(one.official()));
      }
    }
    status.marked(state.official());
    return times;
  }

  /** The earlier hub, which sends no entity tags, does not move the time when a tag changes. */
  private boolean isDue(RepositoryName name, long updated, boolean tagged) {
    RepositorySummary known = state.repositories().get(name);
    boolean retry =
        known.firstFailure() > 0
            && clock.instant().getEpochSecond() - known.firstFailure()
                >= RepositoryCopy.RETRY.toSeconds();
    return known.updated() < 0
        || known.updated() != updated
        || !known.settled()
        || retry
        || (!tagged && known.tags());
  }

  private void copy(RepositoryName name, long updated, boolean settled) throws IOException {
    RepositorySummary known = state.repositories().get(name);
    RepositoryVersions versions = state.versions(name);
    RepositoryCopy.Task task = new RepositoryCopy.Task(source, name, name, versions, true);
    try {
      int ignored =
          copies.copy(task, () -> saveNow(name, versions), () -> saveSometimes(name, versions));
      List<String> problems = new ArrayList<>();
      versions.failures(MOST_PROBLEMS).forEach(one -> problems.add(name + "/" + one));
      if (ignored > 0) {
        problems.add(name + ": entries with names that are invalid here: " + ignored);
      }
      state
          .repositories()
          .put(
              name,
              new RepositorySummary(
                  known.official(),
                  updated,
                  settled && versions.isSettled(),
                  versions.hasTags(),
                  versions.firstFailure().orElse(0L),
                  problems));
    } catch (SourceGoneException e) {
      // It was deleted after the list was made: the next list does not have it.
      complete = false;
    } catch (SourceDamagedException e) {
      complete = false;
      state.repositories().put(name, known.failedWith(name + ": " + e.getMessage()));
    } finally {
      saveNow(name, versions);
      saveSometimes();
    }
  }

  private void saveNow(RepositoryName name, RepositoryVersions versions) {
    try {
      state.save(name, versions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void saveSometimes(RepositoryName name, RepositoryVersions versions) {
    if (ticker.nanos() - savedAt >= SAVE_NANOS) {
      savedAt = ticker.nanos();
      saveNow(name, versions);
    }
  }

  private void saveSometimes() throws IOException {
    if (ticker.nanos() - savedAt >= SAVE_NANOS) {
      savedAt = ticker.nanos();
      state.save();
    }
  }

  /** Entries that could not be copied, with reasons; a limited number. */
  static List<String> problems(MirrorState state, int most) {
    return state.repositories().values().stream()
        .flatMap(summary -> summary.problems().stream())
        .limit(most)
        .toList();
  }
}

package tf.grid.hub.space.check;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.shared.FrozenFlists;
import tf.grid.hub.catalogue.shared.HubGroup;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.space.check.CheckReport.FoundProblem;
import tf.grid.hub.space.mark.Marks;
import tf.grid.hub.space.mark.StoredFlists;
import tf.grid.hub.space.mark.StoredFlists.UnreadableException;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.StoreCorruptException;

/**
 * Reads what flists refer to. Each chunk is read once, however many flists have it. A damaged chunk
 * counts as missing from then on, and is stored again by the next upload of its content.
 * Thread-safe.
 */
public final class ContentCheck {
  private static final int MAX_PROBLEMS = 1_000;
  private static final int MAX_BROKEN = 1_000_000;
  private static final int BATCH = 1_024;

  private final Catalogue catalogue;
  private final ChunkStore store;
  private final Path workDir;
  private final Clock clock;
  private final Optional<HubGroup> group;

  /**
   * Checks content in a store.
   *
   * @param store itself, whose questions count as no use
   * @param workDir for temporary files: about 20 bytes for each reference to a chunk
   * @param group the hubs with this catalogue and store, if there may be others
   */
  public ContentCheck(
      Catalogue catalogue, ChunkStore store, Path workDir, Clock clock, Optional<HubGroup> group) {
    this.catalogue = catalogue;
    this.store = store;
    this.workDir = workDir;
    this.clock = clock;
    this.group = group;
  }

  /**
   * Checks that every chunk of a flist is there and matches its key.
   *
   * @throws IOException if the flist cannot be read
   */
  public CheckReport one(LocatedFlist flist, String shownName) throws IOException {
    Run run = new Run(clock.instant());
    Map<Block, String> states = new HashMap<>();
    ChunkCodec codec = new ChunkCodec();
    try (InputStream in = Channels.newInputStream(flist.open());
        FlistReader reader = reading(in)) {
      reader.walk(
          (path, node) -> {
            if (node instanceof FileNode file) {
              for (Block block : file.blocks()) {
                String state = states.get(block);
                if (state == null) {
                  state = run.open(codec, block);
                  if (states.size() < MAX_BROKEN) {
                    states.put(block, state);
                  }
                }
                if (!state.isEmpty()) {
                  run.problem(
                      new FoundProblem(shownName, "/" + path, block.id().toString(), state));
                }
              }
            }
          });
    }
    run.flists = 1;
    return run.report();
  }

  /**
   * Checks the chunks of all flists.
   *
   * @param content whether stored bytes are read and compared with their ids; else only asks which
   *     chunks are there
   * @param reading gets the number of bytes that were read, and may wait to limit the rate
   * @param steps gets what is being done, and may throw to stop it
   * @throws IOException if temporary files cannot be read or written, or a directory of the
   *     catalogue cannot be listed
   */
  public CheckReport all(boolean content, LongConsumer reading, Consumer<String> steps)
      throws IOException {
    Run run = new Run(clock.instant());
    try (Marks marks = Marks.in(workDir)) {
      try (Flists flists = flists()) {
        for (NamedFlist flist : flists.all()) {
          steps.accept("reading flist " + (run.flists + 1) + " of " + flists.all().size());
          run.read(flist, (path, block) -> marks.add(block.id(), 0), true);
        }
      }
      marks.forEach(
          (table, last) -> {
            steps.accept("checking chunks, at " + last.toString().substring(0, 2));
            table.forEach(id -> run.queue(id, content, reading));
            run.ask(content, reading);
          });
    }
    if (!run.broken.isEmpty()) {
      steps.accept("looking for the flists with missing or damaged chunks");
      try (Flists flists = flists()) {
        for (NamedFlist flist : flists.all()) {
          run.read(flist, (path, block) -> run.locate(flist, path, block), false);
        }
      }
    }
    return run.report();
  }

  /**
   * Flists to read.
   *
   * @param all of them
   * @param closing releases what they are read from
   */
  private record Flists(List<NamedFlist> all, Closeable closing) implements Closeable {
    @Override
    public void close() throws IOException {
      closing.close();
    }
  }

  /** A flist with its name for people. */
  private record NamedFlist(String name, Content content) {}

  private interface Content {
    /** Opens it; throws {@link NoSuchFileException} if it was deleted since it was listed. */
    InputStream open() throws IOException;
  }

  private Flists flists() throws IOException {
    if (group.isPresent()) {
      FrozenFlists frozen = group.get().flists();
      return new Flists(
          frozen.all().stream()
              .map(
                  flist ->
                      new NamedFlist(
                          flist.repository() + "/" + flist.name(), () -> frozen.open(flist)))
              .toList(),
          frozen);
    }
    return new Flists(
        StoredFlists.of(DirectoryCatalogue.of(catalogue).users().root()).flists().stream()
            .map(
                flist ->
                    new NamedFlist(
                        flist.repository() + "/" + flist.file().getFileName(), flist::open))
            .toList(),
        () -> {});
  }

  private FlistReader reading(InputStream in) throws IOException {
    return FlistReader.open(in, workDir, FlistLimits.DEFAULT, TruncatedFiles.SHOWN);
  }

  private interface BlockVisitor {
    void block(String path, Block block) throws IOException;
  }

  /** One check, with what it has found so far. */
  private final class Run {
    private final Instant started;
    private final Map<ChunkId, String> broken = new HashMap<>();
    private final List<FoundProblem> problems = new ArrayList<>();
    private final Set<ChunkId> queue = new HashSet<>();
    private long flists;
    private long chunks;
    private long bytes;
    private long missing;
    private long damaged;
    private boolean more;

    Run(Instant started) {
      this.started = started;
    }

    void read(NamedFlist flist, BlockVisitor visitor, boolean first) {
      try (InputStream in = flist.content().open();
          FlistReader reader = reading(in)) {
        reader.walk(
            (path, node) -> {
              if (node instanceof FileNode file) {
                for (Block block : file.blocks()) {
                  try {
                    visitor.block(path.toString(), block);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }
              }
            });
        flists += first ? 1 : 0;
      } catch (NoSuchFileException deleted) {
        // Deleted since it was listed.
        return;
      } catch (IOException e) {
        if (first) {
          problem(new FoundProblem(flist.name(), "", "", UnreadableException.reason(e)));
        }
      }
    }

    void locate(NamedFlist flist, String path, Block block) {
      String state = broken.get(block.id());
      if (state != null) {
        problem(new FoundProblem(flist.name(), "/" + path, block.id().toString(), state));
      }
    }

    void problem(FoundProblem problem) {
      if (problems.size() < MAX_PROBLEMS) {
        problems.add(problem);
      } else {
        more = true;
      }
    }

    void queue(ChunkId id, boolean content, LongConsumer reading) {
      queue.add(id);
      if (queue.size() == BATCH) {
        ask(content, reading);
      }
    }

    void ask(boolean content, LongConsumer reading) {
      Set<ChunkId> absent = store.missing(queue);
      absent.forEach(id -> broken(id, "missing"));
      queue.removeAll(absent);
      chunks += absent.size() + queue.size();
      if (content) {
        for (ChunkId id : queue) {
          reading.accept(verify(id));
        }
      }
      queue.clear();
    }

    /** Returns the number of bytes that were read. */
    private long verify(ChunkId id) {
      try {
        Optional<byte[]> stored = store.get(id);
        if (stored.isEmpty()) {
          broken(id, "missing");
        }
        int length = stored.map(found -> found.length).orElse(0);
        bytes += length;
        return length;
      } catch (StoreCorruptException e) {
        broken(id, "damaged");
        return 0;
      }
    }

    private void broken(ChunkId id, String state) {
      count(state);
      if (broken.size() < MAX_BROKEN) {
        broken.put(id, state);
      } else {
        more = true;
      }
    }

    private void count(String state) {
      if (state.equals("missing")) {
        missing++;
      } else {
        damaged++;
      }
    }

    /** Returns an empty text if the chunk is there and its key opens it. */
    String open(ChunkCodec codec, Block block) {
      chunks++;
      String state = attempt(codec, block);
      if (!state.isEmpty()) {
        count(state);
      }
      return state;
    }

    private String attempt(ChunkCodec codec, Block block) {
      try {
        Optional<byte[]> stored = store.get(block.id());
        if (stored.isEmpty()) {
          return "missing";
        }
        bytes += stored.get().length;
        codec.decode(block, stored.get());
        return "";
      } catch (StoreCorruptException | ChunkDamagedException e) {
        return "damaged";
      }
    }

    CheckReport report() {
      return new CheckReport(
          started, clock.instant(), flists, chunks, bytes, missing, damaged, problems, more);
    }
  }
}

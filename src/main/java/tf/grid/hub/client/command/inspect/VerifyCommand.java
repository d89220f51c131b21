package tf.grid.hub.client.command.inspect;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.client.command.HubCommand;
import tf.grid.hub.client.command.JsonOption;
import tf.grid.hub.client.remote.HubStore;
import tf.grid.hub.client.remote.UnreadableChunkException;
import tf.grid.hub.client.terminal.ProgressLine;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.file.FlistReader;

/** Verifies the chunks of a flist. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies that the hub has all chunks of a flist, and that they are intact.",
      "Exit code 5 if chunks are missing or damaged."
    })
public final class VerifyCommand extends HubCommand {
  private static final int WINDOW = 16;

  @Parameters(index = "0", paramLabel = "FLIST", description = "repository/name, or a local file")
  private String flist;

  @Option(names = "--quick", description = "only check that the chunks exist")
  private boolean quick;

  @Mixin private JsonOption json;

  private final JsonArrayBuilder problems = Json.createArrayBuilder();

  @Override
  public Integer call() throws IOException {
    Set<ChunkId> chunks = new HashSet<>();
    ExecutorService threads = readers();
    try (FlistReader reader = flist(flist);
        HubStore store = new HubStore(http());
        ProgressLine progress = progress("verifying")) {
      reader.walk(
          (path, node) -> {
            if (node instanceof FileNode file) {
              file.blocks().forEach(block -> chunks.add(block.id()));
            }
          });
      int count = chunks.size();
      Set<ChunkId> missing = store.missing(chunks);
      for (ChunkId id : missing) {
        progress.note("missing: chunk " + id);
        problems.add(
            Json.createObjectBuilder().add("chunk", id.toString()).add("problem", "missing"));
      }
      chunks.removeAll(missing);
      int damaged = quick ? 0 : read(chunks, reader, store, threads, progress);
      progress.erase();
      report(count, missing.size(), damaged);
      return missing.isEmpty() && damaged == 0 ? 0 : FINDINGS;
    } finally {
      threads.shutdownNow();
    }
  }

  private void report(int chunks, int missing, int damaged) {
    if (json.on()) {
      JsonObjectBuilder result =
          Json.createObjectBuilder().add("chunks", chunks).add("missing", missing);
      if (!quick) {
        result.add("damaged", damaged);
      }
      out().println(result.add("problems", problems).build());
      return;
    }
    out()
        .printf(
            "%d chunks: %d missing, %s%n",
            chunks, missing, quick ? "not read" : damaged + " damaged");
  }

  /**
   * Reads each chunk once, and goes on after one that is damaged.
   *
   * @param unread the chunks to read; empty afterwards
   */
  private int read(
      Set<ChunkId> unread,
      FlistReader reader,
      HubStore store,
      ExecutorService threads,
      ProgressLine progress)
      throws IOException {
    Deque<Check> running = new ArrayDeque<>();
    int[] damaged = {0};
    reader.walk(
        (path, node) -> {
          if (node instanceof FileNode file) {
            for (Block block : file.blocks()) {
              if (unread.remove(block.id())) {
                running.add(
                    new Check(block.id(), threads.submit(() -> problem(block, store, progress))));
                while (running.size() > WINDOW) {
                  damaged[0] += count(running.remove(), progress);
                }
              }
            }
          }
        });
    while (!running.isEmpty()) {
      damaged[0] += count(running.remove(), progress);
    }
    return damaged[0];
  }

  private record Check(ChunkId id, Future<String> problem) {}

  private int count(Check check, ProgressLine progress) throws IOException {
    try {
      String problem = check.problem().get();
      if (!problem.isEmpty()) {
        progress.note("damaged: " + problem);
        problems.add(
            Json.createObjectBuilder()
                .add("chunk", check.id().toString())
                .add("problem", "damaged"));
      }
      return problem.isEmpty() ? 0 : 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw new IOException("cannot read a chunk: " + e.getCause().getMessage(), e);
    }
  }

  /** What is wrong with a chunk; empty if it is intact. */
  private static String problem(Block block, HubStore store, ProgressLine progress) {
    try {
      byte[] stored = store.get(block.id()).orElse(new byte[0]);
      progress.received(new ChunkCodec().decode(block, stored).length);
      return "";
    } catch (ChunkDamagedException e) {
      return e.getMessage();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof UnreadableChunkException damaged) {
        return damaged.getMessage();
      }
      throw e;
    }
  }
}

package tf.grid.hub.space.check;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * What a check has found.
 *
 * @param flists number of flists that were read
 * @param chunks number of different chunks that were checked
 * @param bytes read from the store
 * @param missing chunks that the store does not have
 * @param damaged chunks whose stored bytes are not what their ids or keys say
 * @param problems where the chunks are used, or flists that cannot be read; the first ones
 * @param more whether there are more problems than these
 */
public record CheckReport(
    Instant started,
    Instant ended,
    long flists,
    long chunks,
    long bytes,
    long missing,
    long damaged,
    List<FoundProblem> problems,
    boolean more) {

  /** Keeps a copy of the list. */
  public CheckReport {
    problems = List.copyOf(problems);
  }

  /** Whether nothing is wrong. */
  public boolean isSound() {
    return problems.isEmpty() && missing == 0 && damaged == 0;
  }

  /**
   * A part of a flist that cannot be read.
   *
   * @param flist the file, as {@code repository/name.flist} if it is in a repository
   * @param path of the file in the flist; empty if the flist itself is the problem
   * @param chunk its id; empty if the flist itself is the problem
   * @param problem {@code missing}, {@code damaged}, or why the flist cannot be read
   */
  public record FoundProblem(String flist, String path, String chunk, String problem) {
    JsonObject json() {
      return Json.createObjectBuilder()
          .add("flist", flist)
          .add("path", path)
          .add("chunk", chunk)
          .add("problem", problem)
          .build();
    }
  }

  /** The form of the API. */
  public JsonObject json() {
    JsonArrayBuilder list = Json.createArrayBuilder();
    problems.forEach(problem -> list.add(problem.json()));
    return Json.createObjectBuilder()
        .add("sound", isSound())
        .add("started", started.toString())
        .add("ended", ended.toString())
        .add("flists", flists)
        .add("chunks", chunks)
        .add("bytes", bytes)
        .add("missing", missing)
        .add("damaged", damaged)
        .add("problems", list)
        .add("more-problems", more)
        .build();
  }
}

package tf.grid.hub.space;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * The last reports of a kind of work, in a file that survives a restart, and whether the work was
 * interrupted. A file that cannot be written costs nothing but the reports. Thread-safe.
 */
final class ReportFile {
  private static final Logger LOG = System.getLogger(ReportFile.class.getName());

  /** Names in the file and in the API. */
  private static final String UNFINISHED = "unfinished";

  static final String FAILURE = "failure";

  private final Path file;
  private JsonObject state;

  ReportFile(Path file) {
    this.file = file;
    this.state = read();
  }

  private JsonObject read() {
    try (InputStream in = Files.newInputStream(file);
        JsonReader reader = Json.createReader(in)) {
      return reader.readObject();
    } catch (NoSuchFileException first) {
      return JsonObject.EMPTY_JSON_OBJECT;
    } catch (IOException | JsonException e) {
      LOG.log(Level.WARNING, "{0} cannot be read and will be replaced: {1}", file, e.toString());
      return JsonObject.EMPTY_JSON_OBJECT;
    }
  }

  /** The reports by kind, and {@code failure} if the last work failed. */
  synchronized JsonObject reports() {
    return Json.createObjectBuilder(state).remove(UNFINISHED).build();
  }

  /** Whether work began and neither ended nor failed. */
  synchronized boolean isUnfinished() {
    return state.getBoolean(UNFINISHED, false);
  }

  synchronized void begun() {
    write(Json.createObjectBuilder(state).add(UNFINISHED, true));
  }

  /**
   * Keeps a report.
   *
   * @param kind its name, such as {@code last}
   * @param finished whether the work that {@link #begun} tells of has ended
   */
  synchronized void ended(String kind, JsonObject report, boolean finished) {
    JsonObjectBuilder next = Json.createObjectBuilder(state).remove(FAILURE).add(kind, report);
    write(finished ? next.remove(UNFINISHED) : next);
  }

  /** Notes that there is nothing to continue, because another hub does it. */
  synchronized void left() {
    write(Json.createObjectBuilder(state).remove(UNFINISHED));
  }

  synchronized void failed(Instant time, String reason) {
    write(
        Json.createObjectBuilder(state)
            .remove(UNFINISHED)
            .add(
                FAILURE,
                Json.createObjectBuilder().add("time", time.toString()).add("message", reason)));
  }

  private void write(JsonObjectBuilder next) {
    state = next.build();
    Path temporary = file.resolveSibling(".tmp-" + file.getFileName());
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(temporary);
          JsonWriter writer = Json.createWriter(out)) {
        writer.write(state);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | JsonException e) {
      LOG.log(Level.WARNING, "{0} cannot be written: {1}", file, e.toString());
    }
  }
}

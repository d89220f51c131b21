package tf.grid.hub.mirror;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A JSON object in a file that is replaced as a whole. */
final class StateFile {
  private static final System.Logger LOG = System.getLogger(StateFile.class.getName());
  private static final String TEMPORARY = ".tmp";

  private StateFile() {}

  /** Reads a file; an empty object if it does not exist or is damaged. */
  static JsonObject read(Path file) {
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

  /** Replaces a file. */
  static void write(Path file, JsonObject state) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
    try (OutputStream out = Files.newOutputStream(temporary);
        JsonWriter writer = Json.createWriter(out)) {
      writer.write(state);
    } catch (JsonException e) {
      throw new IOException("tried to write " + file + " but " + e.getMessage(), e);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

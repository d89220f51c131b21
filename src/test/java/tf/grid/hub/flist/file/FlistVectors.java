package tf.grid.hub.flist.file;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistLimits;

/** The recorded flists and what the C tool says of them, and short ways to read and write. */
final class FlistVectors {

  private FlistVectors() {}

  static Stream<String> names() {
    return Stream.of(
        "merge-a",
        "merge-b",
        "merge-c",
        "merged-ab",
        "sample-empty",
        "sample-full",
        "sample-readme2",
        "sample-small");
  }

  static byte[] flist(String name) {
    return resource("flists/" + name + ".flist");
  }

  static byte[] sample(String name) {
    return resource("samples/" + name);
  }

  static JsonObject json(String name) {
    try (JsonReader reader =
        Json.createReader(new ByteArrayInputStream(resource("flists/" + name + ".json")))) {
      return reader.readObject();
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = FlistVectors.class.getResourceAsStream("/vectors/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FlistReader open(byte[] flist, Path workDir) throws IOException {
    return FlistReader.open(new ByteArrayInputStream(flist), workDir, FlistLimits.DEFAULT);
  }

  static List<DirectoryListing> directories(FlistReader reader) throws IOException {
    List<DirectoryListing> listings = new ArrayList<>();
    reader.directories(listings::add);
    return listings;
  }

  static byte[] write(Path workDir, int inMemory, List<DirectoryListing> listings)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FlistWriter writer = new FlistWriter(workDir, inMemory, FlistLimits.DEFAULT)) {
      for (DirectoryListing listing : listings) {
        writer.directory(listing.path(), listing.self(), listing.contents());
      }
      writer.writeTo(out);
    }
    return out.toByteArray();
  }
}

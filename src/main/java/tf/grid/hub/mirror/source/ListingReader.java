package tf.grid.hub.mirror.source;

import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.mirror.source.SourceException.SourceDamagedException;

/** Parses the listings of another hub, item by item. */
final class ListingReader {
  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private ListingReader() {}

  /**
   * The items of a listing.
   *
   * @param valid in the order of the listing
   * @param ignored number of the others
   */
  record Items<T>(List<T> valid, int ignored) {}

  /**
   * Reads a listing.
   *
   * @param item converts a valid item
   * @throws SourceDamagedException if it is not a JSON array of objects, or not complete
   */
  static <T> Items<T> read(InputStream json, Function<JsonObject, Optional<T>> item)
      throws IOException {
    List<T> valid = new ArrayList<>();
    int ignored = 0;
    try (JsonParser parser = PARSERS.createParser(json)) {
      if (parser.next() != JsonParser.Event.START_ARRAY) {
        throw new SourceDamagedException("a listing is not a JSON array", null);
      }
      Iterator<JsonValue> values = parser.getArrayStream().iterator();
      while (values.hasNext()) {
        if (!(values.next() instanceof JsonObject object)) {
          throw new SourceDamagedException("a listing has something else in it than objects", null);
        }
        Optional<T> found = item.apply(object);
        found.ifPresent(valid::add);
        ignored += found.isPresent() ? 0 : 1;
      }
      if (parser.hasNext()) {
        throw new SourceDamagedException("a listing is followed by something else", null);
      }
      return new Items<>(valid, ignored);
    } catch (JsonException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new SourceDamagedException("a listing is not JSON, or is cut off", e);
    } catch (RuntimeException e) {
      // The parser throws various exceptions for excessive nesting or length.
      throw new SourceDamagedException("a listing is not JSON, or is cut off", e);
    }
  }

  static Optional<RemoteRepository> repository(JsonObject json) {
    return text(json, "name")
        .flatMap(RepositoryName::ofStored)
        .map(
            name ->
                new RemoteRepository(
                    name, json.get("official") == JsonValue.TRUE, number(json, "updated")));
  }

  /** An entry of a repository or of a tag. */
  static Optional<RemoteEntry> entry(JsonObject json) {
    Optional<String> name = text(json, "name");
    Optional<RemoteTarget> target = text(json, "target").flatMap(RemoteTarget::parse);
    return switch (text(json, "type").orElse("")) {
      case "regular" ->
          name.flatMap(FlistName::ofStored)
              .map(
                  flist ->
                      new RemoteEntry.Flist(
                          flist, text(json, "size").orElse(""), number(json, "updated")));
      case "symlink" ->
          name.flatMap(ListingReader::flistName)
              .flatMap(link -> target.map(to -> new RemoteEntry.Link(link, to)));
      case "taglink" ->
          name.flatMap(TagLinkName::ofStored)
              .flatMap(
                  link ->
                      target
                          .filter(to -> to.tag().isPresent() && to.name().isEmpty())
                          .map(to -> new RemoteEntry.TagLink(link, to)));
      case "tag" ->
          name.flatMap(text -> TagName.ofStored(TagName.PREFIX + text))
              .map(tag -> new RemoteEntry.Tag(tag, number(json, "updated")));
      default -> Optional.empty();
    };
  }

  /** The earlier hub stored some names in tags without suffix. */
  private static Optional<FlistName> flistName(String text) {
    return FlistName.ofStored(text.endsWith(FlistName.SUFFIX) ? text : text + FlistName.SUFFIX);
  }

  private static Optional<String> text(JsonObject json, String key) {
    return json.get(key) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  private static long number(JsonObject json, String key) {
    return json.get(key) instanceof JsonNumber number ? number.longValue() : 0;
  }
}

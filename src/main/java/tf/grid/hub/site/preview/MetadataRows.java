package tf.grid.hub.site.preview;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tf.grid.hub.http.json.StructuredText;

/**
 * Formats the metadata of a flist, which is untrusted: well-known keys first, with readable labels,
 * then all others. Long values and large metadata are cut. For a single use.
 */
final class MetadataRows {

  /** Maximum characters of all rows, of a value, and of a name. */
  private static final int MOST_CHARACTERS = 48 << 10;

  private static final int LONGEST_VALUE = 2000;
  private static final int LONGEST_NAME = 120;

  /** Longer values are not parsed, because that needs many times their size in memory. */
  private static final int MOST_STRUCTURED = 256 << 10;

  private static final int MOST_PAIRS = 200;
  private static final int OWN_WEIGHT = 20;

  private static final String PROGRAM = "entrypoint";

  /** Keys that have a label, in display order. */
  private static final List<String> KNOWN =
      List.of(PROGRAM, "environ", "port", "volume", "user", "image", "labels", "backend", "xattr");

  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private final List<MetadataRow> facts = new ArrayList<>();
  private int room = MOST_CHARACTERS;
  private boolean cut;

  /**
   * @param metadata by key
   */
  MetadataRows(Map<String, String> metadata) {
    Map<String, String> rest = new TreeMap<>(metadata);
    KNOWN.forEach(key -> Optional.ofNullable(rest.remove(key)).ifPresent(text -> add(key, text)));
    rest.forEach(this::add);
  }

  /** The rows in display order. */
  List<MetadataRow> list() {
    return List.copyOf(facts);
  }

  /** Whether anything was omitted. */
  boolean areCut() {
    return cut;
  }

  private void add(String key, String text) {
    if (room <= 0) {
      cut = true;
      return;
    }
    String title = bounded(key, LONGEST_NAME);
    Optional<JsonValue> value =
        KNOWN.contains(key) && text.length() <= MOST_STRUCTURED
            ? StructuredText.parse(text)
            : Optional.empty();
    if (value.isEmpty()) {
      facts.add(new MetadataRow(title, bounded(text, LONGEST_VALUE), List.of()));
    } else if (value.get() instanceof JsonObject object) {
      facts.add(new MetadataRow(title, "", pairs(object)));
    } else {
      String words = key.equals(PROGRAM) ? command(value.get().asJsonArray()) : plain(value.get());
      facts.add(new MetadataRow(title, bounded(words, LONGEST_VALUE), List.of()));
    }
  }

  private List<MetadataRow.Pair> pairs(JsonObject object) {
    List<MetadataRow.Pair> pairs = new ArrayList<>();
    object.forEach(
        (name, value) -> {
          if (pairs.size() == MOST_PAIRS || room <= 0) {
            cut = true;
          } else {
            pairs.add(
                new MetadataRow.Pair(
                    bounded(name, LONGEST_NAME), bounded(plain(value), LONGEST_VALUE)));
          }
        });
    return List.copyOf(pairs);
  }

  private static String command(JsonArray words) {
    return words.stream()
        .map(MetadataRows::plain)
        .map(
            word ->
                PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  private static String plain(JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    if (value instanceof JsonArray array) {
      return array.stream().map(MetadataRows::plain).collect(Collectors.joining(", "));
    }
    return value instanceof JsonObject object
        ? object.entrySet().stream()
            .map(each -> each.getKey() + ": " + plain(each.getValue()))
            .collect(Collectors.joining(", "))
        : value.toString();
  }

  private String bounded(String text, int most) {
    room -= OWN_WEIGHT + Math.min(text.length(), most);
    if (text.length() <= most) {
      return text;
    }
    cut = true;
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /**
   * A row of metadata.
   *
   * @param name the key; well-known ones have a label
   * @param text the value; empty if there are pairs
   * @param pairs the value, if it is a list of names and values
   */
  public record MetadataRow(String name, String text, List<Pair> pairs) {

    /**
     * A name with its value.
     *
     * @param name for example of a variable
     * @param value may be empty
     */
    public record Pair(String name, String value) {}
  }
}

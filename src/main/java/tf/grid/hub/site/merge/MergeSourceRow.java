package tf.grid.hub.site.merge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A selected source, with the URLs that change the selection; the browser's back button restores
 * the previous one.
 *
 * @param name {@code repository/flist}
 * @param up URL that moves it up; empty for the first
 * @param down URL that moves it down; empty for the last
 * @param without URL that removes it
 */
public record MergeSourceRow(String name, String up, String down, String without) {

  private static final String PAGE = "/merge";

  static List<MergeSourceRow> of(List<String> sources) {
    int last = sources.size() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(
            at ->
                new MergeSourceRow(
                    sources.get(at),
                    at == 0 ? "" : address(moved(sources, at, at - 1)),
                    at == last ? "" : address(moved(sources, at, at + 1)),
                    address(without(sources, at))))
        .toList();
  }

  private static List<String> moved(List<String> sources, int from, int to) {
    List<String> moved = without(sources, from);
    moved.add(to, sources.get(from));
    return moved;
  }

  private static List<String> without(List<String> sources, int at) {
    List<String> left = new ArrayList<>(sources);
    left.remove(at);
    return left;
  }

  /** The URL of the page with these sources. */
  static String address(List<String> sources) {
    return sources.isEmpty()
        ? PAGE
        : sources.stream()
            .map(source -> "source=" + URLEncoder.encode(source, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", PAGE + "?", ""));
  }
}

package tf.grid.hub.catalogue.preview;

import java.util.List;

/**
 * A piece of a flist's metadata, for people.
 *
 * @param name what it is about
 * @param text what it says; empty if it is pairs
 * @param pairs what it says, if that is a list of names and values
 */
public record Fact(String name, String text, List<Pair> pairs) {

  /**
   * A name and its value.
   *
   * @param name such as that of a variable
   * @param value may be empty
   */
  public record Pair(String name, String value) {}
}

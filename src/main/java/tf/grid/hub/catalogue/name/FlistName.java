package tf.grid.hub.catalogue.name;

import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;

/**
 * The name of a flist or of a link to a flist.
 *
 * @param stored the name on disk, with the suffix {@value #SUFFIX}
 */
public record FlistName(String stored) implements Comparable<FlistName> {

  /** The suffix of stored names. */
  public static final String SUFFIX = ".flist";

  /**
   * Validates the name.
   *
   * @throws InvalidNameException if it is invalid or has no suffix
   */
  public FlistName {
    NameRules.check("flist name", stored, stored);
    if (!stored.endsWith(SUFFIX)) {
      throw new InvalidNameException("flist name does not end with " + SUFFIX);
    }
  }

  /**
   * Parses a name with or without the suffix.
   *
   * @throws InvalidNameException if it is invalid
   */
  public static FlistName parse(String text) {
    boolean complete = text.isEmpty() || text.endsWith(SUFFIX);
    return new FlistName(complete ? text : text + SUFFIX);
  }

  /** Returns the name for a stored name, if it is valid. */
  public static Optional<FlistName> ofStored(String stored) {
    return NameRules.attempt(stored, FlistName::new);
  }

  /** The name without {@value #SUFFIX}. */
  public String withoutSuffix() {
    return stored.substring(0, stored.length() - SUFFIX.length());
  }

  @Override
  public int compareTo(FlistName other) {
    return CodePointOrder.compare(stored, other.stored);
  }

  @Override
  public String toString() {
    return stored;
  }
}

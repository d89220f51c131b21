package tf.grid.hub.catalogue.name;

import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;

/**
 * The name of a flist or of a link to one.
 *
 * @param stored the name on disk, which ends with {@value #SUFFIX}
 */
public record FlistName(String stored) implements Comparable<FlistName> {

  /** What every stored name ends with. */
  public static final String SUFFIX = ".flist";

  /**
   * Checks the name.
   *
   * @throws InvalidNameException if it breaks a rule or has no suffix
   */
  public FlistName {
    NameRules.check("flist name", stored, stored);
    if (!stored.endsWith(SUFFIX)) {
      throw new InvalidNameException("flist name does not end with " + SUFFIX);
    }
  }

  /**
   * The name that users give, with or without the suffix.
   *
   * @throws InvalidNameException if it breaks a rule
   */
  public static FlistName parse(String text) {
    boolean complete = text.isEmpty() || text.endsWith(SUFFIX);
    return new FlistName(complete ? text : text + SUFFIX);
  }

  /** The name of a flist or a link to one that has this name on disk, if it can be one. */
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

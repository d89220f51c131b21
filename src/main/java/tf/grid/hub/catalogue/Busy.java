package tf.grid.hub.catalogue;

import java.time.Duration;
import tf.grid.hub.catalogue.name.CatalogueRefusal;

/** Too many requests want what needs much memory; the same request may succeed later. */
public final class Busy extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  private final Duration pause;

  /**
   * Asks for another try.
   *
   * @param pause when that is worth it
   */
  public Busy(Duration pause) {
    super("tried to read the flist but too many others are being read, try again later");
    this.pause = pause;
  }

  /** How long to wait before another try. */
  public Duration pause() {
    return pause;
  }

  @Override
  public int status() {
    return 503;
  }
}

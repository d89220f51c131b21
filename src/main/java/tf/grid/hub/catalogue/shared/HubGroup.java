package tf.grid.hub.catalogue.shared;

import java.io.IOException;
import java.time.Duration;
import tf.grid.hub.store.lease.SharedUses;

/** The hubs that share a catalogue and a chunk store. Thread-safe. */
public interface HubGroup {

  /** Work in the background that only one hub does at a time. */
  enum Work {
    COLLECTION("collection", 0),
    CHECK("check", 1),
    RETENTION("retention", 2);

    private final String text;
    private final int number;

    Work(String text, int number) {
      this.text = text;
      this.number = number;
    }

    /** The same for hubs of all versions. */
    public int number() {
      return number;
    }

    /** The name for people. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** Must be told of each use of chunks before the store is asked. */
  SharedUses uses();

  /**
   * Begins work. The turn of a hub that has shown no sign of life for a minute is taken over.
   *
   * @param pause it is not begun within this time after any hub has begun it
   * @throws ElsewhereException if another hub does it, or has just begun it
   * @throws IOException if that cannot be found out
   */
  Turn begin(Work work, Duration pause) throws IOException;

  /**
   * Finds out whether work could begin now.
   *
   * @throws ElsewhereException if another hub does it
   * @throws IOException if that cannot be found out
   */
  void refuseElsewhere(Work work) throws IOException;

  /**
   * Begins a collection. Waits until everything that was being published or copied has its name.
   *
   * @param turn for collections
   * @param dryRun whether nothing is noted or deleted
   */
  SharedCollection collection(Turn turn, boolean dryRun) throws IOException;

  /** All flists as they are now, without one that is just being copied. */
  FrozenFlists flists() throws IOException;
}

package tf.grid.hub.catalogue.shared;

import java.io.IOException;
import java.time.Duration;
import tf.grid.hub.catalogue.shared.HubGroup.Work;

/** The turns of one hub for one kind of work. Thread-safe. */
public interface Turns {

  /** Those of a hub without others. */
  Turns ALONE =
      new Turns() {
        @Override
        public void refuseElsewhere() {
          // There is no other hub.
        }

        @Override
        public Turn begin(Duration pause) {
          return Turn.ALONE;
        }
      };

  /** Those of a hub among others. */
  static Turns of(HubGroup group, Work work) {
    return new Turns() {
      @Override
      public void refuseElsewhere() throws IOException {
        group.refuseElsewhere(work);
      }

      @Override
      public Turn begin(Duration pause) throws IOException {
        return group.begin(work, pause);
      }
    };
  }

  /** As {@link HubGroup#refuseElsewhere}. */
  void refuseElsewhere() throws IOException;

  /** As {@link HubGroup#begin}. */
  Turn begin(Duration pause) throws IOException;
}

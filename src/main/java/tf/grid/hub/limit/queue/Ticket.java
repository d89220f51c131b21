package tf.grid.hub.limit.queue;

/**
 * A request for a place in a {@link PlaceQueue}, which guards its state; compared by identity.
 *
 * @param <K> identifies an account
 */
final class Ticket<K> {
  final K owner;
  final Kind kind;
  final Flow flow;

  /** When it began to wait, of the ticker. */
  long since;

  boolean granted;
  boolean refused;

  Ticket(K owner, Kind kind, Flow flow) {
    this.owner = owner;
    this.kind = kind;
    this.flow = flow;
  }

  /** What a ticket counts towards. */
  enum Kind {
    /** The sum and the share of the account. */
    BOTH,
    /** Only the share of the account. */
    ACCOUNT,
    /** Only the sum. */
    SUM;

    boolean countsForAccount() {
      return this != SUM;
    }

    boolean countsForSum() {
      return this != ACCOUNT;
    }
  }
}

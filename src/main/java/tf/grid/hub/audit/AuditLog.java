package tf.grid.hub.audit;

/** Where everything that changes something is written down. Safe for any number of threads. */
@FunctionalInterface
public interface AuditLog {

  /**
   * Takes down what was done or tried; never fails, and returns before it is on the disk. A short
   * wait is possible while the disk is slow.
   */
  void record(AuditEntry entry);
}

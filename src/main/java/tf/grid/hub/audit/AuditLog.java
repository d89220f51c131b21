package tf.grid.hub.audit;

/** Records actions that change something. Thread-safe. */
@FunctionalInterface
public interface AuditLog {

  /**
   * Records an entry. Never fails and returns before the entry is on disk; may block briefly while
   * the disk is slow.
   */
  void record(AuditEntry entry);
}

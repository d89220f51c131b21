package tf.grid.hub.chunk;

/**
 * What became of one of many chunks that were decoded: its plain bytes, or what is wrong with it.
 */
public final class DecodedChunk {
  private final byte[] plain;
  private final ChunkDamagedException damage;

  private DecodedChunk(byte[] plain, ChunkDamagedException damage) {
    this.plain = plain;
    this.damage = damage;
  }

  public static DecodedChunk intact(byte[] plain) {
    return new DecodedChunk(plain, null);
  }

  public static DecodedChunk damaged(ChunkDamagedException damage) {
    return new DecodedChunk(null, damage);
  }

  /** Whether the stored bytes did not match the block. */
  public boolean isDamaged() {
    return damage != null;
  }

  /**
   * Returns the plain bytes.
   *
   * @throws ChunkDamagedException if the stored bytes did not match the block
   */
  public byte[] plain() throws ChunkDamagedException {
    if (damage != null) {
      throw damage;
    }
    return plain;
  }

  /** The plain bytes, or null. */
  public byte[] bytes() {
    return plain;
  }
}

package tf.grid.hub.chunk.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.kernel.Blake2b;
import tf.grid.hub.chunk.kernel.Xxtea;

/** What the codec promises beyond the vectors: room, and what hostile bytes can do. */
class ChunkCodecTest {
  private final ChunkCodec codec = new ChunkCodec();

  @Test
  void what_was_encoded_is_decoded_at_every_small_length() throws ChunkDamagedException {
    for (int length = 0; length < 300; length++) {
      byte[] plain = random(length, length);
      assertThat(codec.decode(block(plain), stored(plain))).isEqualTo(plain);
    }
  }

  @Test
  void the_room_that_is_asked_for_is_what_snappy_asks_for_and_the_frame() {
    for (int length = 0; length <= ChunkCodec.MAX_PLAIN; length += 499) {
      int snappy = Snappy.maxCompressedLength(length);
      assertThat(ChunkCodec.maxStoredLength(length)).isBetween(snappy + 4, snappy + 7);
    }
  }

  @Test
  void an_array_without_enough_room_is_refused_before_anything_is_written() {
    byte[] plain = random(1, 1000);
    byte[] out = new byte[ChunkCodec.maxStoredLength(1000) + 4];
    assertThatThrownBy(() -> codec.encode(plain, 0, 1000, codec.keyOf(plain, 0, 1000), out, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(out).containsOnly(0);
  }

  @Test
  void more_plain_bytes_than_a_chunk_holds_are_refused() {
    byte[] plain = new byte[ChunkCodec.MAX_PLAIN + 1];
    byte[] out = new byte[700_000];
    ChunkKey key = new ChunkKey(1, 2);
    assertThatThrownBy(() -> codec.encode(plain, 0, plain.length, key, out, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("524288");
  }

  @Test
  void stored_bytes_are_left_as_they_are() throws ChunkDamagedException {
    byte[] plain = random(3, 5000);
    byte[] stored = stored(plain);
    byte[] before = stored.clone();
    codec.decode(block(plain), stored);
    assertThat(stored).isEqualTo(before);
  }

  @Test
  void a_changed_byte_is_noticed() {
    byte[] plain = random(4, 1000);
    byte[] stored = stored(plain);
    stored[500] ^= 1;
    assertDamaged(block(plain), stored, "hash");
  }

  @Test
  void a_key_of_another_chunk_is_noticed() {
    byte[] plain = random(5, 1000);
    byte[] stored = stored(plain);
    assertDamaged(new Block(id(stored), new ChunkKey(1, 2)), stored, "key");
  }

  @Test
  void plain_bytes_that_the_key_is_not_of_are_noticed() {
    byte[] plain = random(6, 1000);
    ChunkKey notItsOwn = new ChunkKey(1, 2);
    byte[] out = new byte[ChunkCodec.maxStoredLength(plain.length)];
    int length = codec.encode(plain, 0, plain.length, notItsOwn, out, 0);
    byte[] stored = Arrays.copyOf(out, length);
    assertDamaged(new Block(id(stored), notItsOwn), stored, "plain bytes");
  }

  @Test
  void lengths_that_no_chunk_has_are_refused() {
    for (int length : new int[] {0, 1, 4, 7, 9, 10, 11, 700_000}) {
      byte[] stored = new byte[length];
      assertDamaged(new Block(id(stored), new ChunkKey(1, 2)), stored, length + " bytes");
    }
  }

  @Test
  void one_byte_more_than_a_chunk_holds_is_refused() {
    assertDamagedText(compressed(new byte[ChunkCodec.MAX_PLAIN + 1]), "more than 524288");
  }

  @Test
  void gigabytes_that_a_few_bytes_declare_are_refused_without_allocating_them() {
    for (byte most : new byte[] {0x03, 0x07, 0x0f}) {
      assertDamagedText(new byte[] {-1, -1, -1, -1, most, 0, 0}, "not valid");
    }
  }

  @Test
  void a_declared_length_that_does_not_end_is_refused() {
    byte[] text = new byte[9];
    Arrays.fill(text, (byte) 0xff);
    assertDamagedText(text, "not valid");
  }

  @Test
  void hostile_compressed_bytes_are_damage_and_nothing_else() {
    Random random = new Random(42);
    for (int i = 0; i < 4_000; i++) {
      Sealed chunk = new Sealed(hostile(random));
      assertThatThrownBy(() -> codec.decode(chunk.block, chunk.stored))
          .isInstanceOf(ChunkDamagedException.class);
    }
  }

  /** Half of them valid texts with a few bytes changed, half noise after a believable length. */
  private static byte[] hostile(Random random) {
    byte[] text = random(random.nextLong(), 1 + random.nextInt(200));
    if (random.nextBoolean()) {
      text[0] = (byte) random.nextInt(128);
      return text;
    }
    byte[] plain = new byte[1 + random.nextInt(3000)];
    Arrays.fill(plain, random.nextInt(plain.length), plain.length, (byte) 'x');
    byte[] valid = compressed(plain);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      valid[random.nextInt(valid.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return valid;
  }

  private void assertDamagedText(byte[] text, String reason) {
    Sealed chunk = new Sealed(text);
    assertDamaged(chunk.block, chunk.stored, reason);
  }

  private void assertDamaged(Block block, byte[] stored, String reason) {
    assertThatThrownBy(() -> codec.decode(block, stored))
        .isInstanceOf(ChunkDamagedException.class)
        .hasMessageContaining("tried to open chunk " + block.id())
        .hasMessageContaining(reason);
  }

  private byte[] stored(byte[] plain) {
    byte[] out = new byte[ChunkCodec.maxStoredLength(plain.length)];
    ChunkKey key = codec.keyOf(plain, 0, plain.length);
    return Arrays.copyOf(out, codec.encode(plain, 0, plain.length, key, out, 0));
  }

  private Block block(byte[] plain) {
    return new Block(id(stored(plain)), codec.keyOf(plain, 0, plain.length));
  }

  private static ChunkId id(byte[] stored) {
    return ChunkId.of(Blake2b.digest(ChunkId.LENGTH, stored, 0, stored.length));
  }

  private static byte[] compressed(byte[] plain) {
    try {
      return Snappy.compress(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Any text at all, encrypted as a chunk is and under its right id, as an attacker would. */
  private static final class Sealed {
    private final Block block;
    private final byte[] stored;

    Sealed(byte[] text) {
      ChunkKey key = new ChunkKey(3, 4);
      stored = Arrays.copyOf(text, (text.length + 3) / 4 * 4 + 4);
      ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).putInt(stored.length - 4, text.length);
      Xxtea.encrypt(stored, 0, stored.length, key);
      block = new Block(id(stored), key);
    }
  }
}

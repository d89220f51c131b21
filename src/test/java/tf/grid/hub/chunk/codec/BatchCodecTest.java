package tf.grid.hub.chunk.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.DecodedChunk;
import tf.grid.hub.chunk.kernel.ChunkKernels;

/** Many chunks in one call are what other tools have stored, and what the codec for one makes. */
class BatchCodecTest {
  private final ChunkCodec single = new ChunkCodec();

  @ParameterizedTest
  @EnumSource
  void recorded_texts_become_the_recorded_chunks(TestKernels kind) {
    BatchCodec codec = codec(kind);
    for (ChunkVector vector : ChunkVector.all()) {
      List<ByteRange> plain = pieces(vector);
      List<ChunkKey> keys = codec.keysOf(plain);
      List<ByteRange> stored = codec.encode(plain, keys, room(plain), 7);
      List<ChunkId> ids = codec.idsOf(stored);
      for (ChunkVector.Piece piece : vector.pieces()) {
        int i = piece.index();
        assertThat(new Block(ids.get(i), keys.get(i))).isEqualTo(piece.block());
        assertThat(bytes(stored.get(i))).isEqualTo(piece.stored());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void recorded_chunks_become_the_recorded_texts(TestKernels kind) throws ChunkDamagedException {
    BatchCodec codec = codec(kind);
    for (ChunkVector vector : ChunkVector.all()) {
      List<ByteRange> plain = pieces(vector);
      List<DecodedChunk> decoded =
          codec.decode(
              vector.pieces().stream().map(ChunkVector.Piece::block).toList(),
              vector.pieces().stream().map(ChunkVector.Piece::stored).toList());
      for (int i = 0; i < plain.size(); i++) {
        assertThat(decoded.get(i).plain()).isEqualTo(bytes(plain.get(i)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void batches_of_mixed_lengths_are_what_the_codec_for_one_makes(TestKernels kind)
      throws ChunkDamagedException {
    BatchCodec codec = codec(kind);
    Random random = new Random(1);
    for (int round = 0; round < 100; round++) {
      Sample sample = new Sample(random, 1 + round % 64);
      assertThat(codec.keysOf(sample.plain)).isEqualTo(sample.keys());
      List<ByteRange> stored = codec.encode(sample.plain, sample.keys(), room(sample.plain), 0);
      assertThat(stored.stream().map(BatchCodecTest::bytes))
          .containsExactlyElementsOf(sample.stored);
      assertThat(codec.idsOf(stored)).isEqualTo(sample.blocks.stream().map(Block::id).toList());
      List<DecodedChunk> decoded = codec.decode(sample.blocks, sample.copies());
      for (int i = 0; i < decoded.size(); i++) {
        assertThat(decoded.get(i).plain()).isEqualTo(bytes(sample.plain.get(i)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_damaged_chunk_leaves_the_others_intact(TestKernels kind) throws ChunkDamagedException {
    BatchCodec codec = codec(kind);
    Sample sample = new Sample(new Random(2), 40);
    List<byte[]> stored = sample.copies();
    stored.get(3)[stored.get(3).length / 2] ^= 1;
    stored.set(8, new byte[0]);
    stored.set(9, new byte[700_000]);
    List<Block> blocks = new ArrayList<>(sample.blocks);
    blocks.set(20, new Block(blocks.get(20).id(), new ChunkKey(1, 2)));
    foreignKey(sample, blocks, stored, 30);
    List<DecodedChunk> decoded = codec.decode(blocks, stored);
    List<Integer> damaged =
        IntStream.range(0, 40).filter(i -> decoded.get(i).isDamaged()).boxed().toList();
    assertThat(damaged).containsExactly(3, 8, 9, 20, 30);
    assertDamage(decoded.get(3), blocks.get(3), "the stored bytes have another hash");
    assertDamage(decoded.get(8), blocks.get(8), "0 bytes cannot be one");
    assertDamage(decoded.get(9), blocks.get(9), "700000 bytes cannot be one");
    assertDamage(decoded.get(20), blocks.get(20), "its key does not open it");
    assertDamage(decoded.get(30), blocks.get(30), "the plain bytes have another hash");
    for (int i = 0; i < 40; i++) {
      if (!damaged.contains(i)) {
        assertThat(decoded.get(i).plain()).isEqualTo(bytes(sample.plain.get(i)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void too_little_room_is_refused(TestKernels kind) {
    Sample sample = new Sample(new Random(3), 5);
    byte[] out = Arrays.copyOf(room(sample.plain), room(sample.plain).length - 8);
    assertThatThrownBy(() -> codec(kind).encode(sample.plain, sample.keys(), out, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @EnumSource
  void more_plain_bytes_than_a_chunk_holds_are_refused(TestKernels kind) {
    List<ByteRange> plain = List.of(ByteRange.of(new byte[ChunkCodec.MAX_PLAIN + 1]));
    assertThatThrownBy(
            () -> codec(kind).encode(plain, List.of(new ChunkKey(1, 2)), new byte[700_000], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("524288");
  }

  /** A chunk that was encrypted with another key than the hash of its plain bytes. */
  private void foreignKey(Sample sample, List<Block> blocks, List<byte[]> stored, int place) {
    byte[] plain = bytes(sample.plain.get(place));
    byte[] out = new byte[ChunkCodec.maxStoredLength(plain.length)];
    ChunkKey key = new ChunkKey(3, 4);
    int length = single.encode(plain, 0, plain.length, key, out, 0);
    blocks.set(place, new Block(single.idOf(out, 0, length), key));
    stored.set(place, Arrays.copyOf(out, length));
  }

  private static void assertDamage(DecodedChunk decoded, Block block, String reason) {
    assertThatThrownBy(decoded::plain)
        .isInstanceOf(ChunkDamagedException.class)
        .hasMessageContaining(block.id().toString())
        .hasMessageContaining(reason);
  }

  private static BatchCodec codec(TestKernels kind) {
    ChunkKernels kernels = kind.create();
    return new BatchCodec(() -> kernels);
  }

  private static List<ByteRange> pieces(ChunkVector vector) {
    byte[] plain = vector.plain();
    return vector.pieces().stream()
        .map(piece -> new ByteRange(plain, piece.index() * ChunkCodec.MAX_PLAIN, piece.length()))
        .toList();
  }

  private static byte[] room(List<ByteRange> plain) {
    return new byte
        [7 + plain.stream().mapToInt(piece -> ChunkCodec.maxStoredLength(piece.length())).sum()];
  }

  private static byte[] bytes(ByteRange range) {
    return Arrays.copyOfRange(range.array(), range.offset(), range.offset() + range.length());
  }

  /** Pieces of mixed lengths, half of them compressible, as the codec for one stores them. */
  private final class Sample {
    private final List<ByteRange> plain = new ArrayList<>();
    private final List<byte[]> stored = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();

    Sample(Random random, int count) {
      for (int i = 0; i < count; i++) {
        byte[] bytes = new byte[1 + random.nextInt(2 << random.nextInt(14))];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
          Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) 'x');
        }
        ChunkKey key = single.keyOf(bytes, 0, bytes.length);
        byte[] out = new byte[ChunkCodec.maxStoredLength(bytes.length)];
        int length = single.encode(bytes, 0, bytes.length, key, out, 0);
        plain.add(ByteRange.of(bytes));
        stored.add(Arrays.copyOf(out, length));
        blocks.add(new Block(single.idOf(out, 0, length), key));
      }
    }

    List<ChunkKey> keys() {
      return blocks.stream().map(Block::key).toList();
    }

    /** Stored bytes that may be overwritten. */
    List<byte[]> copies() {
      return new ArrayList<>(stored.stream().map(byte[]::clone).toList());
    }
  }
}

package tf.grid.hub.chunk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.chunk.codec.TestKernels;

/**
 * All kernels, with BouncyCastle as the judge of the hash and the cipher of single blocks, which is
 * tested against the published algorithm, as the judge of the cipher.
 */
class ChunkKernelsTest {
  private static final int LONGEST = ChunkCodec.maxStoredLength(ChunkCodec.MAX_PLAIN) / 4 * 4;

  @ParameterizedTest
  @EnumSource
  void messages_of_every_small_length_have_their_digests(TestKernels kind) {
    assertDigests(kind.create(), new Random(1), IntStream.rangeClosed(0, 520).toArray());
  }

  @ParameterizedTest
  @EnumSource
  void each_small_length_has_its_digest_in_every_lane(TestKernels kind) {
    ChunkKernels kernels = kind.create();
    for (int length = 0; length <= 520; length++) {
      int[] lengths = new int[17];
      Arrays.fill(lengths, length);
      assertDigests(kernels, new Random(length), lengths);
    }
  }

  @ParameterizedTest
  @EnumSource
  void batches_of_mixed_lengths_have_their_digests(TestKernels kind) {
    ChunkKernels kernels = kind.create();
    Random random = new Random(2);
    for (int round = 0; round < 300; round++) {
      assertDigests(kernels, random, mixedLengths(random, 1 + round % 64));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whole_chunks_beside_short_ones_have_their_digests(TestKernels kind) {
    int full = ChunkCodec.MAX_PLAIN;
    ChunkKernels kernels = kind.create();
    assertDigests(kernels, new Random(3), full, full - 1, full + 1, full - 127, 1, 0, 128, full, 9);
    assertDigests(kernels, new Random(4), full);
    assertDigests(kernels, new Random(5), 7, full, 8);
  }

  @ParameterizedTest
  @EnumSource
  void no_messages_are_no_work(TestKernels kind) {
    ChunkKernels kernels = kind.create();
    kernels.hash(List.of(), new long[0]);
    kernels.encrypt(List.of(), List.of());
    kernels.decrypt(List.of(), List.of());
  }

  @ParameterizedTest
  @EnumSource
  void blocks_of_every_small_length_are_encrypted_and_decrypted(TestKernels kind) {
    int[] lengths = IntStream.rangeClosed(2, 140).map(words -> 4 * words).toArray();
    assertCiphers(kind.create(), new Random(6), lengths);
  }

  @ParameterizedTest
  @EnumSource
  void each_small_length_is_encrypted_and_decrypted_in_every_lane(TestKernels kind) {
    ChunkKernels kernels = kind.create();
    for (int words = 2; words <= 140; words++) {
      int[] lengths = new int[1 + words % 17];
      Arrays.fill(lengths, 4 * words);
      assertCiphers(kernels, new Random(words), lengths);
    }
  }

  @ParameterizedTest
  @EnumSource
  void batches_of_mixed_lengths_are_encrypted_and_decrypted(TestKernels kind) {
    ChunkKernels kernels = kind.create();
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      int[] lengths = mixedLengths(random, 1 + round % 64);
      Arrays.setAll(lengths, i -> 8 + lengths[i] / 4 * 4);
      assertCiphers(kernels, random, lengths);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whole_chunks_beside_short_ones_are_encrypted_and_decrypted(TestKernels kind) {
    ChunkKernels kernels = kind.create();
    int full = ChunkCodec.MAX_PLAIN + 8;
    assertCiphers(
        kernels, new Random(8), full, full, full - 4, full - 8, full - 12, full, 212, 208);
    assertCiphers(
        kernels, new Random(9), full, LONGEST, full / 2, full / 2 + 4, full / 32 * 4, 8, 12);
    assertCiphers(kernels, new Random(10), full);
  }

  private static int[] mixedLengths(Random random, int count) {
    int[] lengths = new int[count];
    Arrays.setAll(lengths, i -> random.nextInt(1 << random.nextInt(15)));
    return lengths;
  }

  private static void assertDigests(ChunkKernels kernels, Random random, int... lengths) {
    List<ByteRange> messages = ranges(random, lengths);
    long[] digests = new long[2 * lengths.length];
    kernels.hash(messages, digests);
    for (int i = 0; i < lengths.length; i++) {
      ByteRange message = messages.get(i);
      assertThat(ChunkKey.ofWords(digests[2 * i], digests[2 * i + 1]))
          .as("%d bytes, message %d of %d", lengths[i], i, lengths.length)
          .isEqualTo(bouncyCastle(message));
    }
  }

  private static ChunkKey bouncyCastle(ByteRange message) {
    Blake2bDigest hash = new Blake2bDigest(null, ChunkKey.LENGTH, null, null);
    hash.update(message.array(), message.offset(), message.length());
    byte[] digest = new byte[ChunkKey.LENGTH];
    hash.doFinal(digest, 0);
    return ChunkKey.of(digest);
  }

  /** Compares whole arrays, so that what is around the blocks must stay as it is. */
  private static void assertCiphers(ChunkKernels kernels, Random random, int... lengths) {
    List<ByteRange> blocks = ranges(random, lengths);
    byte[] data = blocks.get(0).array();
    byte[] plain = data.clone();
    byte[] expected = data.clone();
    List<ChunkKey> keys = new ArrayList<>();
    for (ByteRange block : blocks) {
      ChunkKey key = new ChunkKey(random.nextLong(), random.nextLong());
      keys.add(key);
      Xxtea.encrypt(expected, block.offset(), block.length(), key);
    }
    kernels.encrypt(blocks, keys);
    assertThat(Arrays.mismatch(data, expected)).as(Arrays.toString(lengths)).isNegative();
    kernels.decrypt(blocks, keys);
    assertThat(Arrays.mismatch(data, plain)).as(Arrays.toString(lengths)).isNegative();
  }

  /** Ranges of one array, at odd offsets and with gaps. */
  private static List<ByteRange> ranges(Random random, int... lengths) {
    int[] offsets = new int[lengths.length];
    int end = random.nextInt(9);
    for (int i = 0; i < lengths.length; i++) {
      offsets[i] = end;
      end += lengths[i] + random.nextInt(9);
    }
    byte[] data = new byte[end];
    random.nextBytes(data);
    List<ByteRange> ranges = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      ranges.add(new ByteRange(data, offsets[i], lengths[i]));
    }
    return ranges;
  }
}

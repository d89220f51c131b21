package tf.grid.hub.chunk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkKey;

/** What the tools that exist today have stored, made again and opened. */
class ChunkVectorsTest {
  private final ChunkCodec codec = new ChunkCodec();

  static List<ChunkVector> vectors() {
    return ChunkVector.all();
  }

  @Test
  void all_forty_vectors_are_there() {
    assertThat(vectors()).hasSize(40);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void the_plain_text_is_the_one_that_was_stored(ChunkVector vector) throws Exception {
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(vector.plain());
    assertThat(HexFormat.of().formatHex(sha256)).isEqualTo(vector.sha256());
    int pieces = (vector.size() + ChunkCodec.MAX_PLAIN - 1) / ChunkCodec.MAX_PLAIN;
    assertThat(vector.pieces()).hasSize(pieces);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_plain_text_becomes_the_same_stored_bytes(ChunkVector vector) {
    byte[] plain = vector.plain();
    byte[] out = new byte[ChunkCodec.maxStoredLength(ChunkCodec.MAX_PLAIN) + 7];
    for (ChunkVector.Piece piece : vector.pieces()) {
      int at = piece.index() * ChunkCodec.MAX_PLAIN;
      ChunkKey key = codec.keyOf(plain, at, piece.length());
      assertThat(key).isEqualTo(piece.block().key());
      Arrays.fill(out, (byte) 0x5a);
      int length = codec.encode(plain, at, piece.length(), key, out, 7);
      assertThat(Arrays.copyOfRange(out, 7, 7 + length)).isEqualTo(piece.stored());
      assertThat(codec.idOf(out, 7, length)).isEqualTo(piece.block().id());
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void stored_bytes_become_the_plain_text(ChunkVector vector) throws ChunkDamagedException {
    byte[] plain = vector.plain();
    for (ChunkVector.Piece piece : vector.pieces()) {
      int at = piece.index() * ChunkCodec.MAX_PLAIN;
      assertThat(codec.decode(piece.block(), piece.stored()))
          .isEqualTo(Arrays.copyOfRange(plain, at, at + piece.length()));
    }
  }
}

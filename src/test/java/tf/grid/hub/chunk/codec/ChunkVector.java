package tf.grid.hub.chunk.codec;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;

/** A plain text that other tools have cut and stored: how it is made, and what they made of it. */
record ChunkVector(String kind, int size, String sha256, List<Piece> pieces) {

  /** One chunk of it. */
  record Piece(int index, int length, Block block) {
    byte[] stored() {
      return read("chunks/" + block.id() + ".bin");
    }
  }

  static List<ChunkVector> all() {
    try (JsonReader reader = Json.createReader(open("chunk-vectors.json"))) {
      return reader.readObject().getJsonArray("vectors").getValuesAs(ChunkVector::of);
    }
  }

  byte[] plain() {
    return switch (kind) {
      case "zero" -> new byte[size];
      case "pattern" -> pattern();
      case "random" -> random();
      case "text" -> text();
      default -> throw new IllegalStateException("no such kind of text: " + kind);
    };
  }

  @Override
  public String toString() {
    return size + " bytes of " + kind;
  }

  private static ChunkVector of(JsonObject json) {
    List<Piece> pieces = new ArrayList<>();
    for (JsonObject chunk : json.getJsonArray("chunks").getValuesAs(JsonObject.class)) {
      ChunkId id = ChunkId.ofHex(chunk.getString("id"));
      Block block = new Block(id, ChunkKey.ofHex(chunk.getString("key")));
      pieces.add(new Piece(chunk.getInt("index"), chunk.getInt("plain_length"), block));
    }
    return new ChunkVector(
        json.getString("kind"), json.getInt("size"), json.getString("plain_sha256"), pieces);
  }

  private byte[] pattern() {
    byte[] plain = new byte[size];
    for (int i = 0; i < size; i++) {
      plain[i] = (byte) (i % 251);
    }
    return plain;
  }

  private byte[] random() {
    byte[] plain = new byte[size];
    int x = (int) 2463534242L;
    for (int i = 0; i < size; i++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      plain[i] = (byte) x;
    }
    return plain;
  }

  private byte[] text() {
    String[] words =
        ("the quick brown fox jumps over the lazy dog while flist chunks are split compressed"
                + " encrypted and stored")
            .split(" ", -1);
    StringBuilder text = new StringBuilder(size + 20);
    long s = 1;
    for (int count = 1; text.length() < size; count++) {
      s = (s * 1103515245 + 12345) & 0x7fffffff;
      text.append(words[(int) (s >> 16) % words.length]).append(count % 12 == 0 ? "\n" : " ");
    }
    byte[] plain = new byte[size];
    for (int i = 0; i < size; i++) {
      plain[i] = (byte) text.charAt(i);
    }
    return plain;
  }

  private static byte[] read(String name) {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    return ChunkVector.class.getResourceAsStream("/vectors/" + name);
  }
}

package tf.grid.hub.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A Cap'n Proto message read by its encoding alone (capnproto.org/encoding.html), so that what the
 * hub writes is judged by something that shares no code with it.
 */
final class CapnpMessage {
  private final List<ByteBuffer> segments = new ArrayList<>();

  CapnpMessage(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int count = in.getInt() + 1;
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      words[i] = in.getInt();
    }
    if (count % 2 == 0) {
      in.getInt();
    }
    for (int length : words) {
      segments.add(in.slice(in.position(), length * 8).order(ByteOrder.LITTLE_ENDIAN));
      in.position(in.position() + length * 8);
    }
  }

  Struct root() {
    return struct(0, 0);
  }

  /**
   * Where a pointer's object is: its segment, the byte it starts at, and the pointer's own bits.
   */
  private record Target(int segment, int start, long pointer) {}

  private Target resolve(int segment, int at) {
    long pointer = segments.get(segment).getLong(at);
    if ((pointer & 3) != 2) {
      int offset = (int) pointer >> 2;
      return new Target(segment, at + 8 + offset * 8, pointer);
    }
    int padSegment = (int) (pointer >>> 32);
    int pad = (int) ((pointer & 0xffffffffL) >>> 3) * 8;
    if ((pointer & 4) == 0) {
      return resolve(padSegment, pad);
    }
    long far = segments.get(padSegment).getLong(pad);
    long tag = segments.get(padSegment).getLong(pad + 8);
    return new Target((int) (far >>> 32), (int) ((far & 0xffffffffL) >>> 3) * 8, tag);
  }

  private Struct struct(int segment, int at) {
    if (segments.get(segment).getLong(at) == 0) {
      return new Struct(0, 0, 0, 0);
    }
    Target target = resolve(segment, at);
    int dataWords = (int) (target.pointer >>> 32) & 0xffff;
    int pointers = (int) (target.pointer >>> 48) & 0xffff;
    return new Struct(target.segment, target.start, dataWords * 8, pointers);
  }

  /** A struct; fields beyond its sections have their default. */
  final class Struct {
    private final int segment;
    private final int start;
    private final int dataBytes;
    private final int pointers;

    private Struct(int segment, int start, int dataBytes, int pointers) {
      this.segment = segment;
      this.start = start;
      this.dataBytes = dataBytes;
      this.pointers = pointers;
    }

    int uint16(int offset) {
      return offset + 2 > dataBytes ? 0 : segments.get(segment).getShort(start + offset) & 0xffff;
    }

    long uint32(int offset) {
      return offset + 4 > dataBytes
          ? 0
          : segments.get(segment).getInt(start + offset) & 0xffffffffL;
    }

    long int64(int offset) {
      return offset + 8 > dataBytes ? 0 : segments.get(segment).getLong(start + offset);
    }

    Struct struct(int pointer) {
      return pointer >= pointers
          ? new Struct(0, 0, 0, 0)
          : CapnpMessage.this.struct(segment, start + dataBytes + pointer * 8);
    }

    /** Text (without its end mark) or data. */
    byte[] bytes(int pointer, boolean text) {
      int at = start + dataBytes + pointer * 8;
      if (pointer >= pointers || segments.get(segment).getLong(at) == 0) {
        return new byte[0];
      }
      Target target = resolve(segment, at);
      int count = (int) (target.pointer >>> 35) - (text ? 1 : 0);
      byte[] bytes = new byte[count];
      segments.get(target.segment).get(target.start, bytes);
      return bytes;
    }

    List<Struct> structs(int pointer) {
      List<Struct> found = new ArrayList<>();
      int at = start + dataBytes + pointer * 8;
      if (pointer >= pointers || segments.get(segment).getLong(at) == 0) {
        return found;
      }
      Target target = resolve(segment, at);
      long tag = segments.get(target.segment).getLong(target.start);
      int count = (int) tag >> 2;
      int data = ((int) (tag >>> 32) & 0xffff) * 8;
      int refs = (int) (tag >>> 48) & 0xffff;
      for (int i = 0; i < count; i++) {
        found.add(new Struct(target.segment, target.start + 8 + i * (data + refs * 8), data, refs));
      }
      return found;
    }
  }
}

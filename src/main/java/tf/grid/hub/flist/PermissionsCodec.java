package tf.grid.hub.flist;

import java.util.HexFormat;
import tf.grid.hub.chunk.Blake2b;
import tf.grid.hub.flist.capnp.Layout;
import tf.grid.hub.flist.capnp.Message;
import tf.grid.hub.flist.capnp.MessageDamaged;
import tf.grid.hub.flist.capnp.WireBuilder;
import tf.grid.hub.flist.capnp.WireReader;

/** The struct {@code ACI} of {@code flist.capnp}, and the key that it is kept under. Stateless. */
final class PermissionsCodec {
  private static final Layout ACI = new Layout(3, 3);
  private static final int UNAME = 0;
  private static final int GNAME = 1;
  private static final int MODE = 0;
  private static final int UID = 1;
  private static final int GID = 2;
  private static final long UNKNOWN_ID = -1;
  private static final int KEY_BYTES = 8;
  private static final int PERMISSION_BITS = 07777;

  private PermissionsCodec() {}

  static String key(Permissions permissions) {
    byte[] text = permissions.keyText();
    return HexFormat.of().formatHex(Blake2b.digest(KEY_BYTES, text, 0, text.length));
  }

  static byte[] encode(Permissions permissions) {
    long words =
        ACI.words()
            + Message.textWords(permissions.user().length())
            + Message.textWords(permissions.group().length());
    return Message.build(ACI, words, aci -> fill(aci, permissions));
  }

  private static void fill(WireBuilder aci, Permissions permissions) {
    aci.text(UNAME, permissions.user().shared());
    aci.text(GNAME, permissions.group().shared());
    aci.int16(MODE, permissions.mode());
    aci.int64(UID, permissions.uid(), UNKNOWN_ID);
    aci.int64(GID, permissions.gid(), UNKNOWN_ID);
  }

  static Permissions decode(byte[] value) throws FlistRejected {
    try {
      return Message.read(value, ACI, PermissionsCodec::decode);
    } catch (MessageDamaged e) {
      throw new FlistRejected("A permission set of the flist is damaged.", e);
    }
  }

  private static Permissions decode(WireReader aci) throws FlistRejected {
    long uid = aci.int64(UID, UNKNOWN_ID);
    long gid = aci.int64(GID, UNKNOWN_ID);
    Name user = owner(aci.text(UNAME), uid);
    Name group = owner(aci.text(GNAME), gid);
    return new Permissions(user, group, aci.uint16(MODE) & PERMISSION_BITS, uid, gid);
  }

  private static Name owner(byte[] name, long id) throws FlistRejected {
    for (byte b : name) {
      // A line break would let two sets have the same text, and so the same key.
      if (b >= 0 && b < ' ') {
        throw new FlistRejected(
            "The name of an owner or group in the flist has control characters.");
      }
    }
    return name.length == 0 ? Name.of(Long.toString(id)) : Name.of(name);
  }
}

package tf.grid.hub.flist.codec;

import java.util.HexFormat;
import tf.grid.hub.chunk.kernel.Blake2b;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.capnp.Message;
import tf.grid.hub.flist.capnp.Message.MessageException;
import tf.grid.hub.flist.capnp.StructLayout;
import tf.grid.hub.flist.capnp.WireBuilder;
import tf.grid.hub.flist.capnp.WireReader;

/** Encodes and decodes the struct {@code ACI} of {@code flist.capnp} and computes its key. */
public final class PermissionsCodec {
  private static final StructLayout ACI = new StructLayout(3, 3);
  private static final int UNAME = 0;
  private static final int GNAME = 1;
  private static final int MODE = 0;
  private static final int UID = 1;
  private static final int GID = 2;
  private static final long UNKNOWN_ID = -1;
  private static final int KEY_BYTES = 8;
  private static final int PERMISSION_BITS = 07777;

  private PermissionsCodec() {}

  public static String key(Permissions permissions) {
    byte[] text = permissions.keyText();
    return HexFormat.of().formatHex(Blake2b.digest(KEY_BYTES, text, 0, text.length));
  }

  public static byte[] encode(Permissions permissions) {
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

  public static Permissions decode(byte[] value) throws FlistRejectedException {
    try {
      return Message.read(value, ACI, PermissionsCodec::decode);
    } catch (MessageException e) {
      throw new FlistRejectedException("A permission set of the flist is damaged.", e);
    }
  }

  private static Permissions decode(WireReader aci) throws FlistRejectedException {
    long uid = aci.int64(UID, UNKNOWN_ID);
    long gid = aci.int64(GID, UNKNOWN_ID);
    Name user = owner(aci.text(UNAME), uid);
    Name group = owner(aci.text(GNAME), gid);
    return new Permissions(user, group, aci.uint16(MODE) & PERMISSION_BITS, uid, gid);
  }

  private static Name owner(byte[] name, long id) throws FlistRejectedException {
    for (byte b : name) {
      // With a line break, two different sets of permissions could have the same text and key.
      if (b >= 0 && b < ' ') {
        throw new FlistRejectedException(
            "The name of an owner or group in the flist has control characters.");
      }
    }
    return name.length == 0 ? Name.of(Long.toString(id)) : Name.of(name);
  }
}

package tf.grid.hub.image.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks for the addresses that a host name has. */
public interface NameLookup {

  /** Asks the way this machine is set up to. */
  NameLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /** All addresses of a name, at least one, or the one that a literal address is. */
  List<InetAddress> addresses(String host) throws UnknownHostException;
}

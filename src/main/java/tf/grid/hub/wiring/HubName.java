package tf.grid.hub.wiring;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells administrators which of several hubs it is. */
public final class HubName {

  private HubName() {}

  /** The name of the machine, and the number of this process. */
  public static String current() {
    String process = Long.toString(ProcessHandle.current().pid());
    try {
      return InetAddress.getLocalHost().getHostName() + " (" + process + ")";
    } catch (UnknownHostException e) {
      return "process " + process;
    }
  }
}

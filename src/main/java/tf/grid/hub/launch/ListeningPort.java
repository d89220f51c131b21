package tf.grid.hub.launch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The port for HTTP. The server neither reports nor logs that a port is taken by another program:
 * it starts without one.
 *
 * @param address to listen on
 * @param port empty if the server chooses it
 */
record ListeningPort(InetAddress address, Optional<Integer> port) {

  /** Cleared by the application when it receives a request with its value. */
  private static final String PROBE = "hub.start.probe";

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int USUAL_PORT = 8080;

  static ListeningPort of(String[] args) throws IOException {
    InetAddress address = InetAddress.getByName(System.getProperty("hub.http.host", "127.0.0.1"));
    boolean chosen =
        Arrays.stream(args).anyMatch(argument -> argument.equalsIgnoreCase("--autobindhttp"));
    return new ListeningPort(address, chosen ? Optional.empty() : Optional.of(configured()));
  }

  private static int configured() throws IOException {
    String text =
        System.getProperty(
            "hub.http.port", System.getProperty("payaramicro.port", Integer.toString(USUAL_PORT)));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IOException("the port is '" + text + "', but must be a number", e);
    }
  }

  /** Fails before the start, which takes some seconds. */
  void checkFree() throws IOException {
    if (port.isPresent()) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, port.get()));
      } catch (IOException | IllegalArgumentException e) {
        throw new IOException(
            "cannot listen on "
                + address.getHostAddress()
                + " port "
                + port.get()
                + ": "
                + e.getMessage());
      }
    }
  }

  /** Fails if another program has taken the port since: then it gets the request. */
  void checkAnswer() throws IOException {
    if (port.isPresent()) {
      String probe = UUID.randomUUID().toString();
      System.setProperty(PROBE, probe);
      InetAddress target = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
      String host = target.getHostAddress().replaceFirst("%.*", "");
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create(
                      "http://"
                          + (host.contains(":") ? "[" + host + "]" : host)
                          + ":"
                          + port.get()
                          + "/.started?"
                          + probe)
                  .toURL()
                  .openConnection(java.net.Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try {
        connection.getResponseCode();
      } catch (IOException e) {
        // Of another program, or there is none: the property tells.
      } finally {
        connection.disconnect();
      }
      if (System.clearProperty(PROBE) != null) {
        throw new IOException(
            "port "
                + port.get()
                + " at "
                + address.getHostAddress()
                + " does not belong to the hub: another program has taken it");
      }
    }
  }
}

package tf.grid.hub.it.signin;

import com.goterl.lazysodium.LazySodiumJava;
import com.goterl.lazysodium.SodiumJava;
import com.goterl.lazysodium.utils.LibraryLoader.Mode;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * ThreeFold Connect as far as a hub sees it: the service that tells users' keys, and the app that
 * signs and seals with them. The cryptography is real. Safe for any number of threads.
 */
final class ThreefoldConnect implements AutoCloseable {
  static final LazySodiumJava SODIUM = new LazySodiumJava(new SodiumJava(Mode.BUNDLED_ONLY));

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  ThreefoldConnect() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/api/users/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring("/api/users/".length());
          if (name.startsWith("slow")) {
            awaitClosing();
          }
          byte[] body = answers.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A new user, whose key the service tells. */
  User user(String doubleName) {
    User user = new User(doubleName);
    answer(doubleName, user.card());
    return user;
  }

  /** What the service answers about a user from now on. */
  void answer(String doubleName, String body) {
    answers.put(doubleName, body);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /** A user and the app on the telephone. */
  static final class User {
    private final String doubleName;
    private final byte[] open = new byte[32];
    private final byte[] secret = new byte[64];

    User(String doubleName) {
      this.doubleName = doubleName;
      if (!SODIUM.cryptoSignKeypair(open, secret)) {
        throw new IllegalStateException("no key pair");
      }
    }

    String doubleName() {
      return doubleName;
    }

    /** What the service tells of this user. */
    String card() {
      return Json.createObjectBuilder()
          .add("doublename", doubleName)
          .add("publicKey", base64(open))
          .build()
          .toString();
    }

    /** A good answer to a request of a site. */
    Reply replyTo(String state, String appId, byte[] site) {
      return new Reply(this, state, appId, site);
    }

    byte[] sign(byte[] message) {
      byte[] signature = new byte[64];
      if (!SODIUM.cryptoSignDetached(signature, message, message.length, secret)) {
        throw new IllegalStateException("not signed");
      }
      return signature;
    }

    byte[] seal(byte[] content, byte[] nonce, byte[] site) {
      byte[] own = new byte[32];
      byte[] sealed = new byte[content.length + 16];
      if (!SODIUM.convertSecretKeyEd25519ToCurve25519(own, secret)
          || !SODIUM.cryptoBoxEasy(sealed, content, content.length, nonce, site, own)) {
        throw new IllegalStateException("not sealed");
      }
      return sealed;
    }
  }

  /** An answer of the app, which can be made wrong in every part before it is signed. */
  static final class Reply {
    private final User user;
    private final byte[] site;
    String state;
    String appId;
    String innerName;
    String outerName;
    JsonObject content =
        Json.createObjectBuilder()
            .add(
                "email",
                Json.createObjectBuilder().add("email", "a@b.example").add("verified", true))
            .build();
    int bitOfBox = -1;
    int bitOfSignature = -1;
    User signer;

    Reply(User user, String state, String appId, byte[] site) {
      this.user = user;
      this.signer = user;
      this.state = state;
      this.appId = appId;
      this.site = site;
      this.innerName = user.doubleName();
      this.outerName = user.doubleName();
    }

    /** The value of the parameter {@code signedAttempt}. */
    String parameter() {
      byte[] nonce = SODIUM.nonce(24);
      byte[] box = user.seal(content.toString().getBytes(StandardCharsets.UTF_8), nonce, site);
      flip(box, bitOfBox);
      String inner =
          Json.createObjectBuilder()
              .add("signedState", state)
              .add(
                  "data",
                  Json.createObjectBuilder()
                      .add("nonce", base64(nonce))
                      .add("ciphertext", base64(box)))
              .add("selectedImageId", 7)
              .add("doubleName", innerName)
              .add("randomRoom", "room")
              .add("appId", appId)
              .build()
              .toString();
      byte[] message = inner.getBytes(StandardCharsets.UTF_8);
      byte[] signature = signer.sign(message);
      flip(signature, bitOfSignature);
      ByteArrayOutputStream signed = new ByteArrayOutputStream();
      signed.writeBytes(signature);
      signed.writeBytes(message);
      return Json.createObjectBuilder()
          .add("signedAttempt", base64(signed.toByteArray()))
          .add("doubleName", outerName)
          .build()
          .toString();
    }

    private static void flip(byte[] bytes, int bit) {
      if (bit >= 0) {
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      }
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

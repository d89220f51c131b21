package tf.grid.hub.it.publishing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.Refusal.assertRefused;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.RunningHub;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.BadFlists;
import tf.grid.hub.flist.file.GeneratedTree;

/**
 * Bad flists, merges and chunks on the built hub: each is refused with a status and a reason, and
 * leaves everything as it was.
 */
class RefusedFlistIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");
  private static final String UPLOAD = "/api/flist/me/upload-flist";
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader CLIENT = new Uploader(HUB.uri("/"));

  @TempDir Path folder;
  private List<String> before;

  @BeforeAll
  static void publish_what_may_be_harmed() throws IOException {
    CLIENT.upload("victim.tar.gz", sample("sample-small.tar.gz"));
    Path users = HUB.dataDirectory().resolve("public/users/Administrator");
    if (!Files.isSymbolicLink(users.resolve("dangling.flist"))) {
      Files.createSymbolicLink(users.resolve("dangling.flist"), Path.of("gone.flist"));
    }
  }

  @BeforeEach
  void look() throws IOException {
    before = HUB.files();
  }

  @AfterEach
  void nothing_has_changed() throws IOException {
    HUB.awaitFiles(before);
    assertThat(HUB.log()).doesNotContain("incident");
  }

  @Test
  void files_that_are_no_flists_as_they_should_be() throws IOException {
    Map<String, byte[]> bad = BadFlists.all(folder);
    assertThat(bad).hasSizeGreaterThan(20);
    for (Map.Entry<String, byte[]> file : bad.entrySet()) {
      HttpResponse<String> answer = upload("victim.flist", file.getValue());
      assertRefused(answer, 500, file.getKey());
      assertThat(answer.body()).as(file.getKey()).containsIgnoringCase("flist");
    }
  }

  @Test
  void flists_whose_chunks_are_missing() throws IOException {
    HttpResponse<String> answer = upload("victim.flist", sample("missing-chunks.flist"));
    assertRefused(answer, 500, "missing");
    assertThat(answer.body())
        .contains("\"unauthorized upload, contents is not fully present on backend: ")
        .contains(" chunks are missing, one is ");
  }

  @Test
  void a_flist_that_names_another_key_than_its_chunk_has() throws IOException {
    byte[] plain = "a chunk of its own".getBytes(US_ASCII);
    ChunkCodec codec = new ChunkCodec();
    byte[] stored = new byte[ChunkCodec.maxStoredLength(plain.length)];
    ChunkKey key = codec.keyOf(plain, 0, plain.length);
    int length = codec.encode(plain, 0, plain.length, key, stored, 0);
    ChunkId id = codec.idOf(stored, 0, length);
    CLIENT.put("/api/chunks/" + id, Arrays.copyOf(stored, length));
    assertThat(CLIENT.postText("/api/chunks/missing", "[\"" + id + "\"]").body()).isEqualTo("[]\n");

    Block block = new Block(id, new ChunkKey(key.high(), key.low() + 1));
    FileNode file =
        new FileNode(Name.of("f"), Permissions.ROOT_DIRECTORY, 1, 1, plain.length, List.of(block));
    byte[] flist = new GeneratedTree().with(FlistPath.of("f"), file).flist(folder);
    HttpResponse<String> answer = upload("victim.flist", flist);
    assertRefused(answer, 500, "wrong key");
    assertThat(answer.body())
        .contains("not fully present on backend: 1 chunk is not what their keys say, one is " + id);
  }

  @ParameterizedTest
  @CsvSource({
    "file, '', no file selected",
    "file, x.tar.gz, this file is not allowed",
    "file, x.FLIST, this file is not allowed",
    "other, x.flist, no file found",
  })
  void forms_without_a_flist(String field, String fileName, String message) throws IOException {
    HttpResponse<String> answer =
        CLIENT.post(UPLOAD, new Uploader.Form().file(field, fileName, sample("good.flist")));
    assertRefused(answer, 500, fileName);
    assertThat(answer.body()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data|400",
        "multipart/form-data; boundary=\"\"|400",
        "multipart/form-data; boundary=other|400",
        "multipart/form-data; boundary=b|400",
        "multipart/form-data; boundary=|400",
        "multipart/form-data; boundary=b; x|400",
        "multipart|400",
        "text/plain|500",
        "application/x-www-form-urlencoded|500"
      })
  void bodies_that_are_no_whole_forms(String typeAndStatus) throws Exception {
    String[] parts = typeAndStatus.split("\\|", -1);
    String cutOff =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.flist\"\r\n\r\nhalf of";
    HttpRequest request =
        HttpRequest.newBuilder(uri(UPLOAD))
            .header("Content-Type", parts[0])
            .POST(HttpRequest.BodyPublishers.ofString(cutOff))
            .build();
    assertRefused(send(request), Integer.parseInt(parts[1]), typeAndStatus);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".hidden", "x\ty", "a/"})
  void names_that_break_the_rules(String name) throws IOException {
    HttpResponse<String> answer =
        CLIENT.post(
            UPLOAD,
            new Uploader.Form()
                .file("file", "x.flist", sample("good.flist"))
                .header("X-Original-Name", name));
    assertRefused(answer, 400, name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "| malformed json request",
        "{} | malformed json request",
        "null | malformed json request",
        "'[1]' | malformed json request",
        "[[[[[[[[]]]]]]]] | malformed json request",
        "['Administrator/victim', {}] | malformed json request",
        "['Administrator/victim' | malformed json request",
        "['Administrator/victim'] ['x'] | malformed json request",
        "[] | no source found",
        "[''] | malformed source filename",
        "['victim'] | malformed source filename",
        "['Administrator/'] | malformed source filename",
        "['Administrator/victim/x'] | malformed source filename",
        "['../outside'] | malformed source filename",
        "['Administrator/..'] | malformed source filename",
        "['.tag-x/victim'] | malformed source filename",
        "['Administrator/nothing'] | Administrator/nothing.flist does not exists",
        "['nobody/victim.flist'] | nobody/victim.flist does not exists",
      })
  void merges_of_what_cannot_be_merged(String body, String message) throws IOException {
    String json = body == null ? "" : body.replace('\'', '"');
    for (String path : List.of("/api/flist/me/merge/victim", "/api/merge/conflicts")) {
      HttpResponse<String> answer = CLIENT.postText(path, json);
      assertRefused(answer, 500, body);
      assertThat(answer.body()).contains("\"message\":\"" + message + "\"");
    }
  }

  @Test
  void merges_of_too_much_or_of_links_that_lead_nowhere() throws IOException {
    String one = "\"Administrator/victim\"";
    String path = "/api/flist/me/merge/victim";
    assertRefused(CLIENT.postText(path, "[" + (one + ",").repeat(32) + one + "]"), 500, "33");
    assertRefused(CLIENT.postText(path, "[" + " ".repeat(300_000) + "]"), 413, "long");
    assertRefused(CLIENT.postText(path, "[".repeat(200_000)), 500, "deep");
    assertRefused(CLIENT.postText(path, "[\"Administrator/dangling\"]"), 404, "dangling");
    HttpResponse<String> named = CLIENT.postText("/api/flist/me/merge/.hidden", "[" + one + "]");
    assertRefused(named, 500, "name");
    assertThat(named.body()).contains("build name not allowed");
  }

  @Test
  void json_that_is_not_utf_8() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/flist/me/merge/victim"))
            .POST(
                HttpRequest.BodyPublishers.ofByteArray("[\"\u00ff\u00fe/x\"]".getBytes(ISO_8859_1)))
            .build();
    assertRefused(send(request), 500, "bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1]", "[[]]", "[\"x\"]", "[\"00\"]", "[null]", "[\"", "[] []"})
  void lists_of_ids_that_are_none(String body) throws IOException {
    assertRefused(CLIENT.postText("/api/chunks/missing", body), 400, body);
  }

  @Test
  void more_ids_or_bytes_than_one_request_may_have() throws IOException {
    String id = "\"" + "0".repeat(32) + "\"";
    String many = "[" + (id + ",").repeat(10_000) + id + "]";
    assertRefused(CLIENT.postText("/api/chunks/missing", many), 400, "many");
    assertRefused(CLIENT.postText("/api/chunks/missing", " ".repeat(700_000)), 413, "long");
  }

  @Test
  void chunks_that_are_not_what_their_ids_say() throws IOException {
    String id = "/api/chunks/" + "0".repeat(32);
    assertRefused(CLIENT.put(id, new byte[] {1, 2, 3, 4}), 400, "hash");
    assertRefused(CLIENT.put(id, new byte[0]), 400, "empty");
    assertRefused(CLIENT.put(id, new byte[620_000]), 413, "long");
    assertRefused(CLIENT.putInChunks(id, new byte[620_000]), 413, "long, of unknown length");
    assertRefused(CLIENT.put("/api/chunks/xyz", new byte[8]), 400, "id");
    assertRefused(CLIENT.get(id), 404, "absent");
    assertRefused(CLIENT.get("/api/chunks/" + "0".repeat(31)), 400, "short");
  }

  @Test
  void pages_of_differences_that_cannot_be() throws IOException {
    String diff = "/api/flist/Administrator/victim/diff/Administrator/victim";
    assertThat(CLIENT.get(diff).body()).isEqualTo("{\"changes\":[]}\n");
    for (String query : List.of("?limit=0", "?limit=x", "?limit=10001", "?cursor=", "?cursor=..")) {
      assertRefused(CLIENT.get(diff + query), 400, query);
    }
    assertRefused(CLIENT.get(diff + "?cursor=AAAAAAB4"), 400, "of other flists");
    assertRefused(CLIENT.get(diff.replace("diff/Administrator", "diff/nobody")), 404, "user");
    assertRefused(CLIENT.get(diff + "2"), 404, "flist");
  }

  private static HttpResponse<String> upload(String name, byte[] flist) throws IOException {
    return CLIENT.post(UPLOAD, new Uploader.Form().file("file", name, flist));
  }

  private static URI uri(String path) {
    return HUB.uri(path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(SAMPLES.resolve(name));
  }

  @Test
  void slow_anonymous_clients_do_not_block_others() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 210; i++) {
        slow.add(slowQuestion(i % 2 == 0 ? "/api/chunks/missing" : "/api/merge/conflicts"));
      }
      assertThat(statusOf(slow.get(209))).contains(" 429 ");
      assertThat(CLIENT.get("/api/flist").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Asks with a body that does not come. */
  private static Socket slowQuestion(String path) throws IOException {
    Socket socket = new Socket(HUB.uri("/").getHost(), HUB.uri("/").getPort());
    socket.setSoTimeout(300_000);
    String head = "POST " + path + " HTTP/1.1\r\nHost: hub\r\nContent-Length: 200000\r\n\r\n[\"";
    socket.getOutputStream().write(head.getBytes(ISO_8859_1));
    return socket;
  }

  private static String statusOf(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))
        .readLine();
  }
}

package tf.grid.hub.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.RawRequest;
import tf.grid.hub.client.Uploader;

/** Names that break the rules, in every place of an address that takes one: nothing changes. */
class BadNamesIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");
  private static final RunningHub HUB = RunningHub.shared();
  private static final String OWN = "/api/flist/me/";

  /** A name, and what is said of it where a flist, tag or link has it. */
  private record Bad(String encoded, String reason) {}

  private static final List<Bad> NAMES =
      List.of(
          new Bad("%2e%2e", "starts with a dot"),
          new Bad("%2e", "starts with a dot"),
          new Bad(".hidden", "starts with a dot"),
          new Bad("%2etmp-x", "starts with a dot"),
          new Bad("..%2fetc", "starts with a dot"),
          new Bad(".%2fx", "starts with a dot"),
          new Bad("%2fetc%2fpasswd", "contains a slash"),
          new Bad("a%2fb", "contains a slash"),
          new Bad("a%2F..%2F..%2Fb", "contains a slash"),
          new Bad("bad%2f", "contains a slash"),
          new Bad("a%0ab", "contains a control character"),
          new Bad("a%0d%0aX-Injected:%20yes", "contains a control character"),
          new Bad("a%09b", "contains a control character"),
          new Bad("a%1b%5b31mb", "contains a control character"),
          new Bad("a%7fb", "contains a control character"),
          new Bad("a%c2%85b", "contains a control character"),
          new Bad("x".repeat(256), "is longer than 255 bytes"),
          new Bad("x".repeat(3000), "is longer than 255 bytes"),
          new Bad("%c3%a9".repeat(130), "is longer than 255 bytes"));

  /** What is no text at all: the server refuses it before it is anybody's name. */
  private static final List<String> NO_TEXT =
      List.of(
          "a%00b", "%00", "a%ffb", "a%c3%28b", "%c0%ae%c0%ae", "%ed%a0%80", "...", "a%5c..%5cb");

  /** Addresses with a place for a flist's, tag's or link's name, and the methods there. */
  private static final List<String> PLACES =
      List.of(
          "DELETE %s",
          "GET %s",
          "PUT %s",
          "GET %s/link/l",
          "PUT %s/link/l",
          "GET bad-names/link/%s",
          "PUT bad-names/link/%s",
          "GET %s/crosslink/Administrator/bad-names",
          "PUT l/crosslink/Administrator/%s",
          "GET %s/rename/d",
          "POST bad-names/rename/%s",
          "GET promote/Administrator/%s/n",
          "POST promote/Administrator/bad-names/%s",
          "GET %s/n/tag/Administrator/bad-names",
          "PUT t/%s/tag/Administrator/bad-names",
          "GET t/n/tag/Administrator/%s",
          "DELETE %s/n/tag/Administrator/bad-names",
          "DELETE t/%s/tag/Administrator/bad-names",
          "DELETE t/n/tag/Administrator/%s",
          "GET %s/crosstag/Administrator/t",
          "PUT n/crosstag/Administrator/%s",
          "DELETE %s/crosstag/Administrator/t",
          "DELETE n/crosstag/Administrator/%s",
          "GET ../Administrator/%s",
          "GET ../Administrator/%s/light",
          "INFO ../Administrator/%s",
          "GET ../Administrator/%s/metadata",
          "GET ../Administrator/tags/%s");

  /** Addresses with a place for a repository's name, and what is said if there can be no such. */
  private static final List<String> REPOSITORY_PLACES =
      List.of(
          "GET l/crosslink/%s/bad-names: source repository not found",
          "PUT l/crosslink/%s/bad-names: source repository not found",
          "POST promote/%s/bad-names/n: user not found",
          "GET t/n/tag/%s/bad-names: source repository not found",
          "DELETE t/n/tag/%s/bad-names: source repository not found",
          "PUT n/crosstag/%s/t: source tag not found",
          "DELETE n/crosstag/%s/t: source tag not found",
          "GET ../%s: user not found",
          "GET ../%s/bad-names: user not found",
          "GET ../%s/bad-names/light: user not found",
          "GET ../%s/tags/t: user not found");

  @BeforeAll
  static void publish() throws IOException {
    byte[] archive = Files.readAllBytes(SAMPLES.resolve("sample-small.tar.gz"));
    assertThat(new Uploader(HUB.uri("/")).put(OWN + "bad-names", archive).statusCode())
        .isEqualTo(200);
  }

  @TestFactory
  Stream<DynamicTest> a_bad_name_is_400_with_the_reason() {
    return NAMES.stream()
        .flatMap(
            name ->
                PLACES.stream()
                    .map(place -> refused(request(place, name.encoded()), 400, name.reason())));
  }

  @TestFactory
  Stream<DynamicTest> a_repository_that_could_be_elsewhere_is_404() {
    return Stream.of("%2e%2e", "%2e", "a%2fb", "..%2fetc", "me", "api", "upload", "tags")
        .flatMap(
            name ->
                REPOSITORY_PLACES.stream()
                    // As parts of an address these words mean something else there.
                    .filter(place -> !place.startsWith("GET ../") || name.indexOf('%') >= 0)
                    .map(place -> place.split(": ", 2))
                    .map(place -> refused(request(place[0], name), 404, place[1])));
  }

  @TestFactory
  Stream<DynamicTest> another_bad_repository_is_400_with_the_reason() {
    return NAMES.stream()
        .filter(name -> name.encoded().startsWith("a%") || name.encoded().startsWith("x"))
        .filter(name -> !name.reason().contains("slash"))
        .flatMap(
            name ->
                REPOSITORY_PLACES.stream()
                    .map(place -> place.split(": ", 2)[0])
                    .map(place -> refused(request(place, name.encoded()), 400, name.reason())));
  }

  @TestFactory
  Stream<DynamicTest> what_is_no_text_is_400() {
    return NO_TEXT.stream()
        .flatMap(
            name ->
                Stream.concat(PLACES.stream(), REPOSITORY_PLACES.stream())
                    .map(place -> refused(request(place.split(": ", 2)[0], name), 400, "")));
  }

  @TestFactory
  Stream<DynamicTest> a_link_to_a_tag_cannot_be_called_like_a_flist_or_like_the_tags() {
    return Stream.of(
        refused(request("GET %s/crosstag/Administrator/t", "tags"), 400, "'tags' is reserved"),
        refused(
            request("PUT %s/crosstag/Administrator/t", "x.flist"), 401, "cannot ends with .flist"));
  }

  @TestFactory
  Stream<DynamicTest> steps_upwards_in_the_address_lead_to_nothing() {
    return Stream.of(
            "GET bad-names/link/../../../../etc/passwd",
            "PUT ../../../../../../../tmp/x",
            "DELETE ../bad-names",
            "DELETE ../../../../etc/passwd",
            "PUT l/crosslink/../../etc/passwd",
            "GET promote/../../etc/passwd/n/x",
            "PUT ..%2f..%2f..%2f..%2ftmp%2fx",
            "DELETE ..%2f..%2f..%2fAdministrator%2fbad-names.flist",
            "GET bad-names/link/..%2f..%2f..%2f..%2f..%2f..%2ftmp%2fx",
            "GET l/crosslink/..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd",
            "PUT ../Administrator/bad-names")
        .map(request -> refused(request(request, ""), 0, ""));
  }

  /** Sends the request and checks that it is refused, with any status of the 400s if it is 0. */
  private static DynamicTest refused(RawRequest request, int status, String message) {
    String shown = request.method() + " " + request.address();
    return DynamicTest.dynamicTest(
        shown.length() > 120 ? shown.substring(0, 120) + "…" : shown,
        () -> {
          SortedMap<String, Long> before = tree();
          RawRequest.Answer answer = request.send(HUB.port());
          if (status == 0) {
            assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
          } else {
            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains(message);
          }
          assertThat(answer.body()).doesNotContain("<html", "Exception", "\tat ");
          assertThat(tree()).isEqualTo(before);
        });
  }

  private static RawRequest request(String place, String name) {
    String[] words = place.replace("%s", name).split(" ", 2);
    boolean upwards = words[1].startsWith("../");
    String address =
        upwards && !name.isEmpty() ? "/api/flist/" + words[1].substring(3) : OWN + words[1];
    return new RawRequest(words[0], address);
  }

  /** All that is published, and what is beside the data, with the times of change. */
  private static SortedMap<String, Long> tree() throws IOException {
    Path root = HUB.dataDirectory();
    List<Path> places = new ArrayList<>(List.of(root.getParent()));
    SortedMap<String, Long> tree = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root.resolve("public"))) {
      places.addAll(files.toList());
    }
    for (Path place : places) {
      FileTime changed = Files.getLastModifiedTime(place, LinkOption.NOFOLLOW_LINKS);
      tree.put(place.toString(), changed.toMillis());
      if (Files.isDirectory(place)) {
        tree.put(place + "/", (long) place.toFile().list().length);
      }
    }
    return tree;
  }
}

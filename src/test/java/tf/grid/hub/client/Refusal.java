package tf.grid.hub.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** What clients get that are refused: a reason in words, and nothing of the hub's insides. */
public final class Refusal {

  private Refusal() {}

  /** Fails unless an answer refuses. */
  public static void assertRefused(HttpResponse<String> answer, int status) {
    assertRefused(answer, status, answer.request().uri().getPath());
  }

  /**
   * Fails unless an answer refuses.
   *
   * @param tried for the message of the failure
   */
  public static void assertRefused(HttpResponse<String> answer, int status, String tried) {
    assertThat(answer.statusCode()).as("%s: %s", tried, answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .startsWith("{\"status\":\"error\",\"message\":\"")
        .endsWith("\"}\n")
        .doesNotContain("Exception", "tf.grid", "\\tat ");
  }
}

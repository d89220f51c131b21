package tf.grid.hub.it.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.it.signin.Browser.escaped;
import static tf.grid.hub.it.signin.Browser.fields;
import static tf.grid.hub.it.signin.Browser.form;
import static tf.grid.hub.it.signin.Browser.location;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;

/** What owners do on pages to what is published, and what others cannot do. */
class OwnerFormsIT {
  private static final SignInHub HUB = SignInHub.shared();
  private static final Uploader ANYONE = new Uploader(HUB.hub().uri("/"));
  private static Browser olga;
  private static Browser pete;

  @BeforeAll
  static void publish() throws IOException {
    olga = signedIn("olga");
    pete = signedIn("pete");
    Uploader uploads = withToken("olga");
    for (String name : List.of("base", "tools")) {
      byte[] archive = new TarBytes().file("name", name).gzip();
      assertThat(uploads.upload(name + ".tar.gz", archive).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anybody_links_to_copies_and_tags_what_is_published() throws IOException {
    String base = "/olga?manage=base.flist";
    assertThat(sent(pete, base, "link", Map.of())).isEqualTo("/pete/base.flist.md?done=linked");
    assertThat(sent(pete, base, "copy", Map.of("copy:name", "mine")))
        .isEqualTo("/pete/mine.flist.md?done=copied");
    assertThat(sent(pete, base, "put", Map.of("put:tag", "v 1")))
        .isEqualTo("/pete/tags/v%201?done=tagged");
    assertThat(sent(olga, "/pete?manage=tags%2Fv%201", "tag-link", Map.of("tag-link:name", "v")))
        .isEqualTo("/olga/v?done=linked");
    assertThat(sent(olga, base, "link", Map.of("link:name", "latest")))
        .isEqualTo("/olga/latest.flist.md?done=linked");

    assertThat(pete.get("/pete/base.flist.md?done=linked").body()).contains("Link created.");
    assertThat(listing("pete"))
        .contains("\"target\":\"olga/base.flist\"", "\"name\":\"mine.flist\"", "\"name\":\"v 1\"");
    assertThat(listing("olga")).contains("\"target\":\"pete/tags/v 1\"", "\"latest.flist\"");
    for (String action : List.of("crosslink", "promote", "tag")) {
      HUB.audit().await("\"action\":\"" + action + "\"", "\"user\":\"pete\"", "base.flist");
    }
    HUB.audit().await("\"action\":\"crosstag\"", "\"user\":\"olga\"", "\"tag\":\"v 1\"");
    HUB.audit().await("\"action\":\"link\"", "\"user\":\"olga\"", "latest");
  }

  @Test
  void a_name_is_changed_and_links_that_are_lost_with_a_flist_are_told_before() throws IOException {
    copy(pete, "first");
    assertThat(sent(pete, "/pete?manage=first.flist", "rename", Map.of("rename:name", "second")))
        .isEqualTo("/pete?manage=second.flist&done=renamed");
    sent(olga, "/pete?manage=second.flist", "link", Map.of("link:name", "follows"));

    HttpResponse<String> question = pete.get("/pete?manage=second.flist&delete");
    assertThat(question.body()).contains("Delete this flist?", "olga/follows.flist");
    assertThat(listing("pete")).contains("second.flist");
    assertThat(location(pete.submit(question, "delete", Map.of()))).hasValue("/pete?done=deleted");

    assertThat(listing("pete")).doesNotContain("first.flist", "second.flist");
    assertThat(olga.get("/olga").body()).contains("broken link");
    assertThat(sent(olga, "/olga?manage=follows.flist&delete", "delete", Map.of()))
        .isEqualTo("/olga?done=deleted");
    HUB.audit().await("\"action\":\"rename\"", "\"user\":\"pete\"", "\"destination\":\"second\"");
    HUB.audit().await("\"action\":\"delete\"", "\"user\":\"pete\"", "\"name\":\"second.flist\"");
  }

  @Test
  void a_tag_is_emptied_or_deleted_and_a_link_to_it_says_that_it_leads_nowhere()
      throws IOException {
    sent(olga, "/olga?manage=base.flist", "put", Map.of("put:tag", "set"));
    sent(olga, "/olga?manage=tools.flist", "put", Map.of("put:tag", "set", "put:name", "kit"));
    sent(pete, "/olga?manage=tags%2Fset", "tag-link", Map.of("tag-link:name", "set-link"));
    assertThat(pete.get("/pete/set-link").body())
        .contains("href=\"/olga/tags/set\"", "kit.flist", "/olga/tags/set/kit.flist");
    assertThat(pete.get("/search?q=set-link").body()).contains("href=\"/pete/set-link\"");

    String page = "/olga?manage=tags%2Fset";
    assertThat(sent(olga, page, "entries", Map.of("entries:untag", "kit.flist")))
        .isEqualTo(page + "&done=untagged");
    assertThat(olga.get(page + "&delete").body()).contains("pete/set-link");
    assertThat(sent(olga, page + "&delete", "delete", Map.of())).isEqualTo("/olga?done=deleted");
    assertThat(listing("olga")).doesNotContain("\"name\":\"set\"");

    HttpResponse<String> lost = pete.get("/pete/set-link");
    assertThat(lost.statusCode()).isEqualTo(404);
    assertThat(lost.body()).contains("is broken", "olga/tags/set");
    assertThat(sent(pete, "/pete?manage=set-link", "rename", Map.of("rename:name", "set-lost")))
        .isEqualTo("/pete?manage=set-lost&done=renamed");
    assertThat(sent(pete, "/pete?manage=set-lost&delete", "delete", Map.of()))
        .isEqualTo("/pete?done=deleted");
    HUB.audit().await("\"action\":\"untag\"", "\"tag\":\"set\"", "\"name\":\"kit.flist\"");
  }

  @ParameterizedTest
  @CsvSource({
    "link, link:name, tools, link destination is already a file",
    "link, link:name, a/b, flist name contains a slash",
    "link, link:name, '', is required",
    "copy, copy:name, .hidden, flist name starts with a dot",
    "put, put:tag, .hidden, tag name starts with a dot",
    "rename, rename:name, <b>/, flist name contains a slash",
  })
  void what_is_mistyped_is_said_at_the_field_and_kept(
      String form, String field, String typed, String why) throws IOException {
    String page = "/olga?manage=base.flist";
    HttpResponse<String> answer = olga.submit(olga.get(page), form, Map.of(field, typed));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(form(answer.body(), form))
        .contains(
            "role=\"alert\"", why, "is-invalid", typed.replace("<", "&lt;").replace(">", "&gt;"));
    assertThat(ANYONE.get("/api/flist/olga/base/light").statusCode()).isEqualTo(200);
  }

  @Test
  void names_that_only_flists_can_have_are_no_names_of_links_to_tags() throws IOException {
    sent(olga, "/olga?manage=base.flist", "put", Map.of("put:tag", "plain"));
    String page = "/olga?manage=tags%2Fplain";
    HttpResponse<String> answer =
        pete.submit(pete.get(page), "tag-link", Map.of("tag-link:name", "x.flist"));
    assertThat(form(answer.body(), "tag-link")).contains("role=\"alert\"", "ends with .flist");
  }

  @Test
  void a_link_to_a_tag_that_is_called_like_a_page_is_found_in_its_repository() throws IOException {
    sent(olga, "/olga?manage=base.flist", "put", Map.of("put:tag", "paged"));
    String next =
        sent(pete, "/olga?manage=tags%2Fpaged", "tag-link", Map.of("tag-link:name", "paged.md"));
    assertThat(next).isEqualTo("/pete?filter=paged.md&done=linked");
    assertThat(pete.get(next).body()).contains("Link created.", "href=\"?manage=paged.md\"");
  }

  @Test
  void a_link_to_a_tag_is_not_changed_where_its_name_means_a_flist() throws IOException {
    sent(olga, "/olga?manage=base.flist", "put", Map.of("put:tag", "both"));
    sent(pete, "/olga?manage=tags%2Fboth", "tag-link", Map.of("tag-link:name", "both"));
    copy(pete, "both");

    HttpResponse<String> page = pete.get("/pete?manage=both&delete");
    HttpResponse<String> answer = pete.submit(page, "delete", Map.of());
    assertThat(answer.body()).contains("rename or delete that first");
    assertThat(listing("pete")).contains("\"both.flist\"", "\"name\":\"both\"");
  }

  @Test
  void other_users_see_no_forms_of_owners_and_forged_ones_do_nothing() throws IOException {
    copy(pete, "forged");
    assertThat(pete.get("/olga").body()).doesNotContain("manage=");
    assertThat(pete.get("/olga/base.flist.md").body()).contains("Use in my repository");
    assertThat(pete.get("/olga?manage=base.flist&delete").body())
        .contains("<form id=\"link\"")
        .doesNotContain("<form id=\"rename\"", "<form id=\"delete\"", "Delete");

    Map<String, String> rename =
        fields(form(pete.get("/pete?manage=forged.flist").body(), "rename"));
    HttpResponse<String> renamed = pete.post("/olga?manage=tools.flist", rename, Map.of());
    assertThat(renamed.body())
        .contains("only olga can change this, and you act for pete")
        .doesNotContain("<form id=\"rename\"");
    Map<String, String> delete =
        fields(form(pete.get("/pete?manage=forged.flist&delete").body(), "delete"));
    HttpResponse<String> deleted = pete.post("/olga?manage=tools.flist&delete", delete, Map.of());
    assertThat(deleted.body()).contains("only olga can change this");
    assertThat(listing("olga")).contains("\"tools.flist\"");
    HUB.audit().await("\"action\":\"delete\"", "\"user\":\"pete\"", "\"status\":403");
  }

  @Test
  void who_is_not_signed_in_sees_nothing_to_change_and_is_sent_to_sign_in() throws IOException {
    Browser nobody = new Browser(HUB.address());
    assertThat(nobody.get("/olga").body()).doesNotContain("manage=");
    assertThat(nobody.get("/olga/base.flist.md").body()).doesNotContain("manage=");
    String page = "/olga?manage=base.flist";
    assertThat(location(nobody.get(page))).hasValue("/login-method?to=" + escaped(page));

    Map<String, String> form = fields(form(olga.get(page + "&delete").body(), "delete"));
    assertThat(location(nobody.post(page + "&delete", form, Map.of())))
        .hasValueSatisfying(to -> assertThat(to).startsWith("/login-method").endsWith("&unsent"));
    assertThat(listing("olga")).contains("\"base.flist\"");
  }

  @Test
  void forms_of_other_sites_without_state_or_in_addresses_do_nothing() throws IOException {
    String page = "/olga?manage=base.flist&delete";
    Map<String, String> form = fields(form(olga.get(page).body(), "delete"));
    assertThat(olga.post(page, form, Map.of("Origin", "https://evil.example")).statusCode())
        .isEqualTo(403);
    assertThat(olga.post(page, form, Map.of("Sec-Fetch-Site", "cross-site")).statusCode())
        .isEqualTo(403);
    form.remove("jakarta.faces.ViewState");
    assertThat(olga.post(page, form, Map.of()).statusCode()).isEqualTo(403);

    sent(olga, "/olga?manage=base.flist", "put", Map.of("put:tag", "kept"));
    olga.get("/olga?manage=tags%2Fkept&entries:untag=base.flist&delete:do=Delete&delete=delete");
    assertThat(ANYONE.get("/api/flist/olga/tags/kept").body()).contains("base.flist");
  }

  @Test
  void an_address_presses_no_button_with_another_form() throws IOException {
    String lure = "&rename=rename&rename%3Aname=lost&rename:do=Rename&rename%3ado=Rename";
    String page = "/olga?manage=tools.flist";
    assertThat(sent(olga, page + lure, "link", Map.of("link:name", "lured")))
        .isEqualTo("/olga/lured.flist.md?done=linked");
    assertThat(listing("olga")).contains("\"tools.flist\"").doesNotContain("lost.flist");

    sent(olga, "/olga?manage=base.flist", "put", Map.of("put:tag", "lure"));
    String tag = "/olga?manage=tags%2Flure&entries%3Auntag=base.flist";
    sent(olga, tag, "tag-link", Map.of("tag-link:name", "lure-link"));
    assertThat(ANYONE.get("/api/flist/olga/tags/lure").body()).contains("base.flist");
  }

  @Test
  void what_is_not_there_is_not_found() throws IOException {
    for (String page :
        List.of("/olga?manage=no", "/no?manage=base", "/olga?manage=", "/olga/no", "/olga/tags")) {
      assertThat(olga.get(page).statusCode()).as(page).isEqualTo(404);
    }
  }

  private static void copy(Browser by, String name) throws IOException {
    sent(by, "/olga?manage=base.flist", "copy", Map.of("copy:name", name));
  }

  /** Where a form leads. */
  private static String sent(Browser by, String page, String form, Map<String, String> values)
      throws IOException {
    HttpResponse<String> answer = by.submit(by.get(page), form, values);
    return location(answer).orElseThrow(() -> new AssertionError(answer.body()));
  }

  private static String listing(String repository) throws IOException {
    return ANYONE.get("/api/flist/" + repository).body();
  }

  private static Browser signedIn(String user) throws IOException {
    Browser browser = new Browser(HUB.address());
    browser.submit(browser.get("/login-method"), "trial", Map.of("trial:name", user));
    return browser;
  }

  private static Uploader withToken(String user) throws IOException {
    String made =
        ANYONE
            .with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=" + user)
            .body();
    String token = made.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    return ANYONE.with("Authorization", "bearer " + token);
  }
}

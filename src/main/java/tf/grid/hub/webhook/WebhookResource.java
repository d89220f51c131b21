package tf.grid.hub.webhook;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.Answer;

/** The deliveries of webhooks, for administrators. */
@SingletonBean
@Path("admin/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public class WebhookResource {
  private final AccessControl access;
  private final Webhooks webhooks;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public WebhookResource() {
    this(null, null);
  }

  @Inject
  public WebhookResource(AccessControl access, Webhooks webhooks) {
    this.access = access;
    this.webhooks = webhooks;
  }

  /** Returns the state of each receiver, with the events that wait for it. */
  @GET
  public Answer<JsonObject> state() {
    access.toOperate();
    return Answer.of(webhooks.json());
  }
}

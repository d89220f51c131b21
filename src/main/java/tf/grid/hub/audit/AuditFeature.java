package tf.grid.hub.audit;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.time.Clock;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.proxy.ClientAddress;

/** Registers a filter for each resource method annotated with {@link Audited}. */
@Provider
@SingletonBean
public class AuditFeature implements DynamicFeature {

  private final AuditLog log;
  private final ClientAddress address;
  private final HttpServletRequest request;
  private final Clock clock;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public AuditFeature() {
    this(null, null, null, null);
  }

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public AuditFeature(
      AuditLog log, ClientAddress address, HttpServletRequest request, Clock clock) {
    this.log = log;
    this.address = address;
    this.request = request;
    this.clock = clock;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    Audited audited = resource.getResourceMethod().getAnnotation(Audited.class);
    if (audited != null) {
      context.register(new AuditFilter(audited.value(), log, address, request, clock));
    }
  }
}

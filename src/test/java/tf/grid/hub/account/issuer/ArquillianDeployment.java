package tf.grid.hub.account.issuer;

import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Tells Arquillian where the hub is deployed. The connector for Payara Micro reads the log of the
 * server for that every 200 ms, and finds no servlets if it looks between two of the lines.
 */
public final class ArquillianDeployment implements LoadableExtension {

  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(MissingServlets.class);
  }

  /** Adds the servlet that runs tests in the server. */
  public static final class MissingServlets {

    /** Called after each deployment. */
    public void add(@Observes ProtocolMetaData deployment) {
      for (HTTPContext context : deployment.getContexts(HTTPContext.class)) {
        if (context.getServlets().isEmpty()) {
          context.add(new Servlet("ArquillianServletRunnerEE9", "/hub"));
        }
      }
    }
  }
}

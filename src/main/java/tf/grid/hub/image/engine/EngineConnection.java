package tf.grid.hub.image.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.net.URI;
import java.time.Duration;

/**
 * The connection settings of the engine. Neither addresses nor credentials are taken from the
 * environment or from files in the user's home directory.
 *
 * @param host such as {@code unix:///var/run/docker.sock} or {@code tcp://127.0.0.1:2375}
 */
record EngineConnection(URI host) implements DockerClientConfig {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** An engine may take long before it responds, for example when creating a container. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private static final int CONNECTIONS = 32;

  DockerClient open() {
    return DockerClientImpl.getInstance(
        this,
        new ApacheDockerHttpClient.Builder()
            .dockerHost(host)
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECT)
            .responseTimeout(SILENCE)
            .build());
  }

  @Override
  public URI getDockerHost() {
    return host;
  }

  /** Uses the version of the engine. */
  @Override
  public RemoteApiVersion getApiVersion() {
    return RemoteApiVersion.unknown();
  }

  @Override
  public String getRegistryUsername() {
    return null;
  }

  @Override
  public String getRegistryPassword() {
    return null;
  }

  @Override
  public String getRegistryEmail() {
    return null;
  }

  @Override
  public String getRegistryUrl() {
    return null;
  }

  @Override
  public AuthConfig effectiveAuthConfig(String imageName) {
    return null;
  }

  @Override
  public AuthConfigurations getAuthConfigurations() {
    return new AuthConfigurations();
  }

  @Override
  @SuppressWarnings("deprecation") // Required by the interface; engines are accessed without TLS.
  public SSLConfig getSSLConfig() {
    return null;
  }
}

package tf.grid.hub.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.event.CatalogueEvent.Deleted;
import tf.grid.hub.catalogue.event.CatalogueEvent.FlistPublished;
import tf.grid.hub.catalogue.event.CatalogueEvent.Linked;
import tf.grid.hub.catalogue.event.CatalogueEvent.Renamed;
import tf.grid.hub.catalogue.event.CatalogueEvent.TagChanged;
import tf.grid.hub.catalogue.name.FlistName;

/**
 * An event in the JSON format of CloudEvents 1.0, structured mode.
 *
 * @param id unique; the same in all attempts to deliver the event
 * @param type such as {@code flist.published}
 * @param subject such as {@code alice/app.flist}
 * @param time of the change
 */
record CloudEvent(String id, String type, String subject, Instant time) {
  /** The media type of {@link #json}. */
  static final String MEDIA_TYPE = "application/cloudevents+json; charset=UTF-8";

  private static final String PUBLISHED = "flist.published";
  private static final String DELETED = "flist.deleted";
  private static final String RENAMED = "flist.renamed";
  private static final String TAG_CHANGED = "tag.changed";

  /** Creates the event for a change. */
  static CloudEvent of(CatalogueEvent change, Instant time) {
    String type;
    String subject = change.repository() + "/";
    if (change instanceof FlistPublished flist) {
      type = PUBLISHED;
      subject += flist.name();
    } else if (change instanceof Linked link) {
      type = PUBLISHED;
      subject += link.name();
    } else if (change instanceof Deleted entry) {
      type = DELETED;
      subject += entry.name();
    } else if (change instanceof Renamed entry) {
      type = RENAMED;
      subject += entry.to();
    } else if (change instanceof TagChanged tag) {
      type = TAG_CHANGED;
      subject += "tags/" + tag.tag();
    } else {
      throw new IllegalArgumentException("unknown change " + change);
    }
    return new CloudEvent(UUID.randomUUID().toString(), type, subject, time);
  }

  /**
   * The body of the request.
   *
   * @param change the same as that of the event
   * @param source address of this hub
   */
  byte[] json(CatalogueEvent change, URI source) {
    return Json.createObjectBuilder()
        .add("specversion", "1.0")
        .add("id", id)
        .add("source", source.toString())
        .add("type", type)
        .add("subject", subject)
        .add("time", time.toString())
        .add("datacontenttype", "application/json")
        .add("data", data(change))
        .build()
        .toString()
        .getBytes(UTF_8);
  }

  private static JsonObjectBuilder data(CatalogueEvent change) {
    JsonObjectBuilder data =
        Json.createObjectBuilder().add("repository", change.repository().value());
    if (change instanceof FlistPublished flist) {
      data.add("name", flist.name())
          .add("type", "regular")
          .add("size", flist.size())
          .add("md5", flist.md5());
    } else if (change instanceof Linked link) {
      data.add("name", link.name())
          .add("type", link.name().endsWith(FlistName.SUFFIX) ? "symlink" : "taglink")
          .add("target", link.target());
    } else if (change instanceof Deleted entry) {
      data.add("name", entry.name());
    } else if (change instanceof Renamed entry) {
      data.add("name", entry.to()).add("before", entry.from());
    } else if (change instanceof TagChanged tag) {
      data.add("tag", tag.tag().value());
    }
    return data;
  }

  /** Reads the body of an event; empty if it is damaged. */
  static Optional<CloudEvent> read(byte[] body) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
      JsonObject json = reader.readObject();
      return Optional.of(
          new CloudEvent(
              json.getString("id"),
              json.getString("type"),
              json.getString("subject"),
              Instant.parse(json.getString("time"))));
    } catch (JsonException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | DateTimeException e) {
      return Optional.empty();
    }
  }
}

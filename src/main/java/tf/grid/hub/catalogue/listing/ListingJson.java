package tf.grid.hub.catalogue.listing;

import jakarta.json.stream.JsonGenerator;
import java.util.List;
import java.util.Set;
import tf.grid.hub.catalogue.name.RepositoryName;

/** Writes listings in the format of the earlier hub. */
final class ListingJson {

  private ListingJson() {}

  static void names(JsonGenerator json, Snapshot snapshot) {
    json.writeStartArray();
    for (RepositoryName repository : snapshot.repositories()) {
      for (String name : snapshot.storedNames(repository)) {
        json.write(repository + "/" + name);
      }
    }
    json.writeEnd();
  }

  static void repositories(JsonGenerator json, Snapshot snapshot, Set<String> official) {
    json.writeStartArray();
    for (RepositoryName repository : snapshot.repositories()) {
      json.writeStartObject()
          .write("name", repository.value())
          .write("official", official.contains(repository.value()))
          .write("updated", snapshot.updated(repository))
          .writeEnd();
    }
    json.writeEnd();
  }

  static void everything(JsonGenerator json, Snapshot snapshot) {
    json.writeStartObject();
    for (RepositoryName repository : snapshot.repositories()) {
      json.writeKey(repository.value());
      entries(json, snapshot.entries(repository).orElseThrow());
    }
    json.writeEnd();
  }

  static void entries(JsonGenerator json, List<ListingEntry> entries) {
    json.writeStartArray();
    for (ListingEntry entry : entries) {
      json.writeStartObject().write("name", entry.name());
      fields(json, entry);
      json.writeEnd();
    }
    json.writeEnd();
  }

  private static void fields(JsonGenerator json, ListingEntry entry) {
    if (entry instanceof ListingEntry.Regular flist) {
      change(json, KiloBytes.of(flist.size()), flist.updated());
      json.write("type", "regular");
    } else if (entry instanceof ListingEntry.SymbolicLink link) {
      change(json, KiloBytes.of(link.size()), link.updated());
      link(json, link.linkTime(), "symlink", link.target());
    } else if (entry instanceof ListingEntry.TagLink link) {
      change(json, KiloBytes.of(link.size()), link.updated());
      link(json, link.linkTime(), "taglink", link.target());
    } else {
      change(json, "0 KB", entry.updated());
      json.write("type", "tag");
    }
  }

  private static void change(JsonGenerator json, String size, long updated) {
    json.write("size", size).write("updated", updated);
  }

  private static void link(JsonGenerator json, long time, String type, String target) {
    json.write("linktime", time).write("type", type).write("target", target);
  }
}

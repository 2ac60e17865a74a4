package app.intentgate.rego.load;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.RegoPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What files, folders and bundles hold.
 *
 * @param modules Rego sources by file name, in the order they were found
 * @param data the base documents below {@code data}
 * @param bundles the manifests of the bundles among them
 */
public record RegoFiles(
    Map<String, String> modules, JsonObject data, List<BundleManifest> bundles) {
  /** Copies what it is given. */
  public RegoFiles {
    modules = Collections.unmodifiableMap(new LinkedHashMap<>(modules));
    bundles = List.copyOf(bundles);
  }

  /** A builder of a policy with these modules and this data, which may not be in conflict. */
  public RegoPolicy.Builder policy() {
    RegoPolicy.Builder builder = RegoPolicy.builder().data(data).refuseDataConflicts(true);
    modules.forEach(builder::module);
    return builder;
  }
}

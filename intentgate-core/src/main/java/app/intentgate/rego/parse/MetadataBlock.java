package app.intentgate.rego.parse;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.spi.Location;

/**
 * A {@code # METADATA} comment, read.
 *
 * @param location where it starts
 * @param scope the scope it names, or empty
 * @param fields what it says
 */
record MetadataBlock(Location location, String scope, JsonObject fields) {}

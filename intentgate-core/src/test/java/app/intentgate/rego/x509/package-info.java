/** Certificates made for tests. */
@NullMarked
package app.intentgate.rego.x509;

import org.jspecify.annotations.NullMarked;

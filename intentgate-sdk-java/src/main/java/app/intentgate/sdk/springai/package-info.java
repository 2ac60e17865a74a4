/**
 * A gate's tools for Spring AI. Needs {@code org.springframework.ai:spring-ai-model}, which the SDK
 * does not bring.
 */
@NullMarked
package app.intentgate.sdk.springai;

import org.jspecify.annotations.NullMarked;

/**
 * A gate's tools for LangChain4j. Needs {@code dev.langchain4j:langchain4j}, which the SDK does not
 * bring.
 */
@NullMarked
package app.intentgate.sdk.langchain4j;

import org.jspecify.annotations.NullMarked;

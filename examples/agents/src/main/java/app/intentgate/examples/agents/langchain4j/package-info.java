/** An agent of LangChain4j. */
package app.intentgate.examples.agents.langchain4j;

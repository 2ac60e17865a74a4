/** An agent of Spring AI, without Spring Boot. */
package app.intentgate.examples.agents.springai;

/**
 * YAML into values and back: as much of it as policy metadata, data files and Rego's YAML functions
 * need. Bounded in depth and in what aliases write out; tags and complex keys are refused rather
 * than guessed.
 */
package app.intentgate.rego.yaml;

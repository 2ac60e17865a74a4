package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rule, or one branch of an {@code else} chain.
 *
 * @param head the head; an else branch has the head of its rule with its own value
 * @param body the body; a rule written without one has {@code true}, with {@link #generatedBody}
 * @param elseRule the next branch of the chain, or null
 * @param isDefault whether it was written with {@code default}
 * @param generatedBody whether the body was left out in the source
 * @param annotations metadata that applies to this rule (scopes rule and document)
 * @param location where it starts
 */
public record Rule(
    Head head,
    Body body,
    @Nullable Rule elseRule,
    boolean isDefault,
    boolean generatedBody,
    List<Annotations> annotations,
    Location location)
    implements Node {
  /** Copies the annotations. */
  public Rule {
    annotations = List.copyOf(annotations);
  }

  /** The same rule with another head. */
  public Rule withHead(Head newHead) {
    return new Rule(newHead, body, elseRule, isDefault, generatedBody, annotations, location);
  }

  /** The same rule with another body. */
  public Rule withBody(Body newBody) {
    return new Rule(head, newBody, elseRule, isDefault, generatedBody, annotations, location);
  }

  /** The same rule with another chain of else branches. */
  public Rule withElse(@Nullable Rule newElse) {
    return new Rule(head, body, newElse, isDefault, generatedBody, annotations, location);
  }

  /** The same rule with these annotations. */
  public Rule withAnnotations(List<Annotations> newAnnotations) {
    return new Rule(head, body, elseRule, isDefault, generatedBody, newAnnotations, location);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rule o
        && head.equals(o.head)
        && body.equals(o.body)
        && Objects.equals(elseRule, o.elseRule)
        && isDefault == o.isDefault;
  }

  @Override
  public int hashCode() {
    return Objects.hash(head, body, elseRule, isDefault);
  }
}

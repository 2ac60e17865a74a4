package app.intentgate.rego.plan;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.eval.CompleteRules;
import app.intentgate.rego.eval.DocumentNode;
import app.intentgate.rego.eval.Documents;
import app.intentgate.rego.eval.Guards;
import app.intentgate.rego.eval.Operand;
import app.intentgate.rego.eval.Operands;
import app.intentgate.rego.eval.PartialRules;
import app.intentgate.rego.eval.RuleSet;
import app.intentgate.rego.eval.Steps;
import app.intentgate.rego.eval.TreeWalk;
import java.util.ArrayList;
import java.util.List;

/** Plans refs: paths into the input, base documents, rules, and values at hand. */
final class RefPlanner {
  private final BodyPlanner body;

  RefPlanner(BodyPlanner body) {
    this.body = body;
  }

  Operand plan(Ref ref) {
    List<Term> elements = ref.tail();
    String head = ref.headName();
    if (head.equals("input") && !isLocal(head)) {
      List<JsonValue> path = constants(elements);
      return rest(Operands.input(path), elements, path.size());
    }
    if (head.equals("data") && !isLocal(head)) {
      return document(elements);
    }
    return rest(body.term(ref.head()), elements, 0);
  }

  private boolean isLocal(String name) {
    return body.names().slotOf(name) >= 0;
  }

  /** The values of the leading elements that are constant. */
  private static List<JsonValue> constants(List<Term> elements) {
    List<JsonValue> values = new ArrayList<>();
    for (Term t : elements) {
      JsonValue v = Constants.of(t);
      if (v == null) {
        break;
      }
      values.add(v);
    }
    return values;
  }

  /** Goes into a value by the elements from an index on. */
  private Operand rest(Operand from, List<Term> elements, int index) {
    Operand value = from;
    for (Term element : elements.subList(index, elements.size())) {
      if (body.names().isClosed(element)) {
        value = Operands.lookup(value, body.term(element));
        continue;
      }
      int key = -1;
      if (!(element instanceof Var v)) {
        key = body.names().frame().newSlot();
      } else if (body.uses().isUsedElsewhere(v)) {
        key = body.names().bind(v.name());
      }
      value = scan(value, key);
      if (!(element instanceof Var)) {
        body.unifier().match(element, Operands.slot(key));
      }
    }
    return value;
  }

  private Operand scan(Operand collection, int keySlot) {
    int item = body.names().frame().newSlot();
    body.links().step(next -> Steps.scan(collection, keySlot, item, next));
    return Operands.slot(item);
  }

  private Operand document(List<Term> elements) {
    List<JsonValue> path = constants(elements);
    DocumentNode node = body.policy().root();
    for (int i = 0; i < path.size(); i++) {
      DocumentNode child = node.child(path.get(i));
      if (child == null) {
        return rest(Documents.stored(body.policy().data(), path), elements, path.size());
      }
      node = child;
      if (node.rules() != null) {
        return rules(node.rules(), elements, i + 1);
      }
    }
    if (path.size() == elements.size() || node.children().isEmpty()) {
      body.policy().requireBelow(node, false);
      return rest(Documents.at(node), elements, path.size());
    }
    return walk(node, elements.subList(path.size(), elements.size()));
  }

  private Operand rules(RuleSet rules, List<Term> elements, int index) {
    if (rules instanceof CompleteRules complete) {
      body.policy().require(complete);
      return rest(complete.operand(), elements, index);
    }
    if (rules instanceof PartialRules partial) {
      List<Operand> keys = new ArrayList<>();
      int i = index;
      while (keys.size() < partial.maxKeys()
          && i < elements.size()
          && body.names().isClosed(elements.get(i))) {
        keys.add(body.term(elements.get(i++)));
      }
      body.policy().require(partial, keys.size());
      return rest(partial.operand(keys), elements, i);
    }
    return Operands.UNDEFINED;
  }

  private Operand walk(DocumentNode node, List<Term> terms) {
    List<TreeWalk.Element> elements = new ArrayList<>();
    boolean anyKey = false;
    for (Term term : terms) {
      if (body.names().isClosed(term)) {
        elements.add(new TreeWalk.Element(body.term(term), -1, null));
        anyKey = true;
      } else if (term instanceof Var v) {
        elements.add(new TreeWalk.Element(null, body.names().bind(v.name()), null));
      } else {
        int key = body.names().frame().newSlot();
        Links pattern = new Links();
        body.into(pattern, () -> body.unifier().match(term, Operands.slot(key)));
        elements.add(new TreeWalk.Element(null, key, Guards.all(pattern.guardsOnly())));
      }
    }
    body.policy().requireBelow(node, anyKey);
    int result = body.names().frame().newSlot();
    body.links().step(next -> new TreeWalk(node, elements, result, next));
    return Operands.slot(result);
  }
}

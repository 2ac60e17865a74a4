package app.intentgate.examples.agents;

import java.util.List;

/** The calls a scripted model makes, one after the other; then it says what came of them. */
record Script(List<Step> steps) {
  record Step(String tool, String arguments) {}

  static final Script INVOICES =
      new Script(
          List.of(
              new Step("read_invoice", "{\"id\":7}"),
              new Step("pay_invoice", "{\"id\":7,\"amount\":120}"),
              new Step("pay_invoice", "{\"id\":7,\"amount\":5000}"),
              new Step("delete_invoice", "{\"id\":7}")));
}

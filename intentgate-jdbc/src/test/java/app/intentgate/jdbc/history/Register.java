package app.intentgate.jdbc.history;

import app.intentgate.testing.Step;

/**
 * The smallest object histories are known of in the literature: it is written and read.
 *
 * @param value what was written last
 */
record Register(int value) {
  static final Register ZERO = new Register(0);

  Step<Register> write(int next) {
    return new Step<>(new Register(next), "ok");
  }

  Step<Register> read() {
    return new Step<>(this, Integer.toString(value));
  }

  static Operation<Register> write(int value, long begun, long ended) {
    return new Operation<>("write " + value, r -> r.write(value), begun, ended, "ok");
  }

  static Operation<Register> lostWrite(int value, long begun) {
    return new Operation<>("write " + value, r -> r.write(value), begun, begun, null);
  }

  static Operation<Register> read(int value, long begun, long ended) {
    return new Operation<>("read", Register::read, begun, ended, Integer.toString(value));
  }
}

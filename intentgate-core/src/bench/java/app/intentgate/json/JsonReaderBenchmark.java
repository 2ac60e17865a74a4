package app.intentgate.json;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading and writing a call of a tool of about 1 KB. Bar: parse in at most 4 us. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonReaderBenchmark {
  private static final String CALL =
      """
      {"jsonrpc":"2.0","id":4711,"method":"tools/call","params":{"name":"pay_invoice","arguments":\
      {"invoice_id":"INV-2026-000417","amount_eur":1249.50,"currency":"EUR","approved":true,\
      "vendor":{"name":"Müller & Söhne GmbH","iban":"DE89370400440532013000","bic":"COBADEFFXXX",\
      "address":{"street":"Hauptstraße 12","zip":"10115","city":"Berlin","country":"DE"}},\
      "lines":[{"sku":"A-100","text":"Consulting, November","quantity":12,"price":95.00},\
      {"sku":"B-220","text":"Travel \\"economy\\" class","quantity":1,"price":109.50},\
      {"sku":"C-7","text":"Hosting","quantity":1,"price":0}],"due":"2026-12-15","note":null,\
      "tags":["q4","opex","reviewed"],"cost_center":8850,"memo":"Please pay before the end of the \
      month; the discount of two percent applies when the payment arrives within ten days of the \
      date of the invoice. Questions to accounting."},"_meta":{"progressToken":"p-1","trace":\
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}}\
      """;

  private final byte[] bytes = CALL.getBytes(StandardCharsets.UTF_8);
  private final JsonValue value = JsonReader.parse(bytes);
  private final JsonOutput output = JsonOutput.htmlSafe();

  /** Strictly, from bytes to values. */
  @Benchmark
  public JsonValue parse() {
    return JsonReader.parse(bytes);
  }

  /** From values to bytes of their own. */
  @Benchmark
  public byte[] write() {
    return JsonWriter.goBytes(value);
  }

  /** From values to bytes in a buffer that is used again. */
  @Benchmark
  public int writeAgain() {
    return output.reset().value(value).size();
  }
}

package app.intentgate.server.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bridge takes for which kind of message, and how it writes them. */
class RpcTest {
  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':1,'method':'a'} | request",
        "{'id':'','method':'a'} | request",
        "{'id':null,'method':'a'} | notification",
        "{'method':'a'} | notification",
        "{'id':1,'result':null} | response",
        "{'id':1,'error':{}} | response",
        "{'id':1,'method':'a','result':{}} | request",
        "{'id':1,'method':7,'result':{}} | response",
        "{'id':1,'method':''} | neither",
        "{'id':1} | neither",
        "{} | neither",
        "[] | none",
        "[{'id':1,'method':'a'}] | none",
        "'a' | none",
        "{'id':1,'id':2,'method':'a'} | none",
        "{'id':1,'method':'a'}x | none",
        "{'id':1,'method':'a\u00ff'} | none",
        "\u00ef\u00bb\u00bf{'id':1,'method':'a'} | none"
      })
  void aLineIsOneKindOfMessageOrNone(String line, String kind) {
    Rpc message = Rpc.read(bytes(line));
    String found =
        message == null
            ? "none"
            : message.isRequest()
                ? "request"
                : message.isResponse()
                    ? "response"
                    : message.method().isEmpty() ? "neither" : "notification";
    assertThat(found).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'params':{'_meta':{'io.modelcontextprotocol/protocolVersion':'v'}}} | v",
        "{'params':{'_meta':{'io.modelcontextprotocol/protocolVersion':7}}} | null",
        "{'params':{'_meta':[]}} | null",
        "{'params':[]} | null",
        "{} | null"
      })
  void theVersionOfTheStatelessEraIsATextInItsOnePlace(String line, String version) {
    Rpc message = Objects.requireNonNull(Rpc.read(bytes(line)));
    assertThat(String.valueOf(message.statelessVersion())).isEqualTo(version);
  }

  @Test
  void anErrorIsOneLineWhateverItSays() {
    assertThat(new String(Rpc.error(JsonString.of("a\"\n"), -1, "b\"\n"), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":\"a\\\"\\n"
                + "\",\"error\":{\"code\":-1,\"message\":\"b\\\"\\n"
                + "\"}}");
    assertThat(new String(Rpc.error(null, 1, "m"), StandardCharsets.UTF_8)).contains("\"id\":null");
  }

  @Test
  void aMessageIsWrittenOnOneLineOfItsOwn() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MessageOut messages = new MessageOut(out, () -> {});
    messages.write(bytes("{'a':\r\n1}"));
    messages.write(bytes("{'b':'\\n'}\n"));
    assertThat(out.toString(StandardCharsets.UTF_8).replace('"', '\''))
        .isEqualTo("{'a':  1}\n{'b':'\\n'} \n");
  }

  @Test
  void thatNobodyReadsIsSaidOnceAndNothingIsWrittenAnyMore() {
    AtomicInteger written = new AtomicInteger();
    AtomicInteger broken = new AtomicInteger();
    MessageOut messages =
        new MessageOut(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                written.incrementAndGet();
                throw new IOException("closed");
              }
            },
            broken::incrementAndGet);
    messages.write(bytes("{}"));
    messages.write(bytes("{}"));
    assertThat(written).hasValue(1);
    assertThat(broken).hasValue(1);
  }
}

package app.intentgate.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallPreviewTest {
  private static CallPreview of(String tool, String arguments) {
    byte[] json = arguments.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return CallPreview.of(tool, (JsonObject) JsonReader.parse(json));
  }

  @ParameterizedTest
  @CsvSource({
    "read_invoice, read, true",
    "crm.listContacts, read, true",
    "deleteUser, delete, false",
    "purgeURLs, delete, false",
    "HTTPPost, send, false",
    "crm.list-contacts, read, true",
    "DELETE-ROW, delete, false",
    "pay_invoice, pay, false",
    "send_mail, send, false",
    "set_and_send, send, false",
    "pay_and_send, pay, false",
    "read_and_delete, delete, false",
    "update/list, write, true",
    "payment, unknown, true",
    "'', unknown, true",
  })
  void a_tool_does_what_the_gravest_word_of_its_name_says(
      String tool, String operation, boolean reversible) {
    CallPreview preview = of(tool, "{}");

    assertThat(preview.operation()).isEqualTo(operation);
    assertThat(preview.reversible()).isEqualTo(reversible);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'amount': 12.5}                     | 1250",
        "{'amount_eur': 0.001}                | 1",
        "{'amount_cents': 12.01}              | 13",
        "{'price_cents': 99}                  | 99",
        "{'amounts': 7}                       | 0",
        "{'amount': '12'}                     | 0",
        "{'amount': -5}                       | 0",
        "{'amount': 0}                        | 0",
        "{'amount': 1e300}                    | 9007199254740991",
        "{'amount': 9007199254740990}         | 9007199254740991",
        "{'amount': 90071992547409.90}        | 9007199254740990",
        "{'amount': 1e-300}                   | 1",
        "{'amount_cents': 9007199254740991}   | 9007199254740991",
        "{'amount_cents': 9007199254740990}   | 9007199254740990",
        "{'note': 1, 'amount': 2, 'amount_cents': 3} | 200",
        "{'amountCents': 7}                   | 7",
        "{'amountEUR': 7}                     | 700",
        "{'totalAmount': 7}                   | 700",
        "{'total_amount': 7}                  | 700",
        "{'totalAmountInCents': 7}            | 7",
        "{'feeCents': 7}                      | 7",
        "{'': 7, '_': 7, '日本': 7}           | 0",
        "{'paramount': 7, 'percents': 7}      | 0",
        "{'amount': 0, 'amount_cents': 7}     | 7",
        "{'amount_cents': 1, 'amount': 500}   | 50000",
        "{'amount': 'x', 'amount_eur': 7}     | 700",
      })
  void money_is_seen_in_cents_and_never_as_less_than_it_is(String arguments, long cents) {
    assertThat(of("pay", arguments).magnitudeCents()).isEqualTo(cents);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                        | single |",
        "{'limit': 1}              | single | 1",
        "{'limit': 2}              | bulk   | 2",
        "{'rows': 500, 'count': 1} | bulk   | 500",
        "{'limit': 2.5}            | bulk   |",
        "{'limit': 1e30}           | bulk   |",
        "{'limit': 1, 'rows': 9}   | bulk   | 1",
        "{'limit': 'all'}          | single |",
        "{'filter': '*'}           | bulk   |",
        "{'filter': ''}            | bulk   |",
        "{'filter': 'a*'}          | single |",
        "{'where': '  '}           | bulk   |",
        "{'where': 'id = 1'}       | single |",
        "{'where': '', 'limit': 1} | bulk   | 1",
        "{'maxRows': 500}          | bulk   | 500",
        "{'max_rows': 1, 'maxRows': 500} | bulk | 1",
      })
  void how_far_it_reaches_is_told_by_rows_and_by_filters_that_take_all(
      String arguments, String scope, Long rows) {
    CallPreview preview = of("delete_rows", arguments);

    assertThat(preview.scope()).isEqualTo(scope);
    assertThat(preview.estimatedRows()).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'table': 'users', 'id': 5}         | users |",
        "{'id': 5, 'to': 'a@b.example'}      | 5     | a@b.example",
        "{'id': null, 'file': ['x']}         | ''    |",
        "{'url': 'https://a', 'payee': 'Bo'} | ''    | Bo",
        "{'table': '', 'path': ' ', 'id': 5} | 5     |",
        "{'to': '', 'IBAN': 'DE02'}          | ''    | DE02",
      })
  void what_it_acts_on_and_where_to_are_named_by_the_first_argument_that_says(
      String arguments, String resource, String destination) {
    CallPreview preview = of("x", arguments);

    assertThat(preview.resource()).isEqualTo(resource);
    assertThat(preview.destination()).isEqualTo(destination == null ? "" : destination);
  }

  @Test
  void whoever_decides_reads_one_sentence() {
    assertThat(of("pay_invoice", "{'id': 7, 'amount': 12}").blastRadius())
        .isEqualTo("pay on 7 (single scope), moving 1200 cents, and cannot be taken back.");
    assertThat(of("read", "{'limit': 9}").blastRadius())
        .isEqualTo("read on the target (bulk scope).");
  }
}

package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonReader;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemberValuesTest {
  private static final AuditField[] FIELDS = AuditField.values();

  @Test
  void every_field_has_a_bit_of_its_own() {
    assertThat(FIELDS).hasSizeLessThanOrEqualTo(Long.SIZE);
  }

  @Test
  void values_put_in_any_order_are_what_a_map_would_hold() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      MemberValues values = new MemberValues();
      Map<AuditField, Object> model = new EnumMap<>(AuditField.class);
      for (int step = 0; step < 150; step++) {
        AuditField field = FIELDS[random.nextInt(FIELDS.length)];
        if (random.nextInt(4) == 0) {
          values.remove(field);
          model.remove(field);
        } else {
          values.put(field, step);
          model.put(field, step);
        }
      }
      for (AuditField field : FIELDS) {
        assertThat(values.get(field)).as("seed %d, %s", seed, field).isEqualTo(model.get(field));
      }
    }
  }

  @Test
  void all_fields_fit() {
    MemberValues values = new MemberValues();
    for (int i = FIELDS.length - 1; i >= 0; i--) {
      values.put(FIELDS[i], i);
    }
    for (int i = 0; i < FIELDS.length; i++) {
      assertThat(values.get(FIELDS[i])).isEqualTo(i);
    }
  }

  @Test
  void a_copy_changes_apart() {
    MemberValues values = new MemberValues();
    values.put(AuditField.TOOL, "pay");
    MemberValues copy = values.copy();
    assertThat(copy).isEqualTo(values).hasSameHashCodeAs(values);

    copy.put(AuditField.TOOL, "read");
    copy.put(AuditField.REASON, "changed");

    assertThat(values.get(AuditField.TOOL)).isEqualTo("pay");
    assertThat(values.get(AuditField.REASON)).isNull();
    assertThat(copy).isNotEqualTo(values);
  }

  @Test
  void equal_are_those_with_the_same_members_however_they_came() {
    MemberValues one = new MemberValues();
    one.put(AuditField.TOOL, "pay");
    one.put(AuditField.REASON, "ok");
    MemberValues other = new MemberValues();
    other.put(AuditField.REASON, "ok");
    other.put(AuditField.TENANT, "acme");
    other.put(AuditField.TOOL, "pay");

    assertThat(one).isNotEqualTo(other);
    other.remove(AuditField.TENANT);
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @Test
  void values_that_are_equal_hash_alike_however_they_are_written() {
    MemberValues one = new MemberValues();
    one.put(AuditField.ARG_VALUES, JsonReader.parse("{\"n\":1,\"m\":2}"));
    MemberValues other = new MemberValues();
    other.put(AuditField.ARG_VALUES, JsonReader.parse("{\"n\":1.0,\"m\":2}"));

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }
}

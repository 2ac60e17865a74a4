package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** URLs of any user, password, hosts and database, in every spelling; and what is none. */
class PostgresUrlPropertyTest {
  private static final String ODD = "aZ09-._~ @:/?#[]!$&'()*+,;=%\"<>\\^`{|}é\u20ac\ud83d\ude00";

  private final Random random = new Random(1);

  private String text(int most) {
    int[] points = ODD.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String host() {
    return switch (random.nextInt(4)) {
      case 0 -> "db-" + random.nextInt(9) + ".example";
      case 1 -> "10.0.0." + random.nextInt(256);
      case 2 -> "[2001:db8::" + random.nextInt(10) + "]";
      default -> "localhost";
    };
  }

  @Test
  void whatever_user_password_and_database_are_every_spelling_says_them() {
    for (int i = 0; i < 500; i++) {
      String user = text(12);
      String password = text(20);
      String database = text(8);
      List<String> hosts = new ArrayList<>();
      for (int h = random.nextInt(3); h >= 0; h--) {
        hosts.add(host() + ":" + (1 + random.nextInt(65_535)));
      }
      String place = String.join(",", hosts) + "/" + escaped(database);
      List<String> parameters =
          new ArrayList<>(
              List.of("user=" + escaped(user), "password=" + escaped(password), "sslmode=require"));
      Collections.shuffle(parameters, random);
      String query = String.join("&", parameters);
      List<String> spellings =
          List.of(
              "postgres://%s:%s@%s?sslmode=require"
                  .formatted(escaped(user), escaped(password), place),
              "postgresql://" + place + "?" + query,
              "jdbc:postgresql://" + place + "?" + query,
              "postgres:///?host=%s&dbname=%s&%s"
                  .formatted(escaped(String.join(",", hosts)), escaped(database), query));
      for (String spelling : spellings) {
        PostgresUrl url = PostgresUrl.parse(spelling);
        assertThat(url.hosts()).as(spelling).isEqualTo(hosts);
        assertThat(url.database()).as(spelling).isEqualTo(database);
        assertThat(url.driverProperties())
            .as(spelling)
            .containsEntry("user", user)
            .containsEntry("password", password)
            .containsEntry("sslmode", "require");
        assertThat(url.property("password")).isEmpty();
      }
    }
  }

  @Test
  void the_driver_reads_the_same_from_what_it_is_given() {
    for (int i = 0; i < 500; i++) {
      String database = text(8);
      List<String> names = new ArrayList<>();
      List<Integer> ports = new ArrayList<>();
      for (int h = random.nextInt(3); h >= 0; h--) {
        names.add(host());
        ports.add(1 + random.nextInt(65_535));
      }
      List<String> hosts = new ArrayList<>();
      for (int h = 0; h < names.size(); h++) {
        hosts.add(names.get(h) + ":" + ports.get(h));
      }
      PostgresUrl url =
          PostgresUrl.parse("postgres://u:p@" + String.join(",", hosts) + "/" + escaped(database));
      PGSimpleDataSource driver = new PGSimpleDataSource();
      driver.setUrl(url.jdbcUrl());
      assertThat(driver.getDatabaseName()).isEqualTo(database);
      assertThat(driver.getServerNames()).containsExactlyElementsOf(names);
      assertThat(driver.getPortNumbers())
          .containsExactly(ports.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  @Test
  void no_text_at_all_is_more_than_a_url_or_a_refusal_that_names_no_secret() {
    String secret = "hunter2hunter2";
    List<String> pieces =
        List.of(
            "postgres://",
            "jdbc:",
            "u",
            ":",
            "@",
            "/",
            "?",
            "&",
            "=",
            ",",
            "[",
            "]",
            "%",
            "%2",
            "%41",
            "#",
            "host",
            "port=5",
            "user=u",
            "dbname",
            "1",
            "99999",
            "sslmode",
            "\u0000",
            " ");
    int parsed = 0;
    for (int i = 0; i < 8_000; i++) {
      String before =
          random.ints(random.nextInt(7), 0, pieces.size()).mapToObj(pieces::get).collect(joining());
      String after =
          random.ints(random.nextInt(7), 0, pieces.size()).mapToObj(pieces::get).collect(joining());
      // An & or a ? within a password that was not escaped is part of it.
      String password =
          random.nextBoolean() ? secret : "1" + pick("?&") + secret + "=" + pick("x1");
      String text =
          random.nextBoolean()
              ? "postgres://u:" + password + "@" + before + "/" + after
              : "postgres://" + before + "/d?user=u&password=" + password + "&" + after;
      try {
        PostgresUrl url = PostgresUrl.parse(text);
        assertThat(url.driverProperties().getProperty("user")).isNotEmpty();
        parsed++;
      } catch (DatabaseException e) {
        assertThat(e.code()).as(text).isEqualTo(DatabaseException.Code.BAD_CONFIGURATION);
        assertThat(e).as(text).hasMessageNotContaining(secret);
      }
    }
    assertThat(parsed).isPositive();
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joining() {
    return Collectors.joining();
  }

  private char pick(String of) {
    return of.charAt(random.nextInt(of.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://u:p@h:0/d",
        "postgres://u:p@h:65536/d",
        "postgres://u:p@h:99999999999/d",
        "postgres://u:p@a,h:70000/d",
        "postgres://u:p@h/d?port=0",
        "postgres://u:p@h/d?port=65536",
        "postgres://u:p@[::1]:65536/d"
      })
  void a_port_that_is_none_is_said_before_anything_connects(String text) {
    assertThatThrownBy(() -> PostgresUrl.parse(text))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.BAD_CONFIGURATION))
        .hasMessageContaining("port")
        .hasMessageContaining("65535");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://u:p@a%2Fb/d",
        "postgres://u:p@a%3Fuser=root/d",
        "postgres://u:p@h/d?host=a%3Fsslmode%3Ddisable",
        "postgres://u:p@h%23x/d",
        "postgres://u:p@a%20b/d",
        "postgres://u:p@[::1/d",
        "postgres://u:p@[::1]x/d"
      })
  void a_host_that_would_be_more_than_a_host_to_the_driver_is_refused(String text) {
    assertThatThrownBy(() -> PostgresUrl.parse(text))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("a host is not");
  }

  @ParameterizedTest
  @CsvSource({"1, 65535", "5432, 5433"})
  void the_first_and_the_last_port_are_ports(int one, int other) {
    PostgresUrl url = PostgresUrl.parse("postgres://u:p@a:%d,b:%d/d".formatted(one, other));
    assertThat(url.hosts()).containsExactly("a:" + one, "b:" + other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "target_session_attrs=read-write | targetServerType | primary",
        "target_session_attrs=standby | targetServerType | secondary",
        "target_session_attrs=prefer-standby | targetServerType | preferSecondary",
        "load_balance_hosts=random | loadBalanceHosts | true",
        "load_balance_hosts=disable | loadBalanceHosts | false",
        "keepalives=0 | tcpKeepAlive | false",
        "keepalives=1 | tcpKeepAlive | true",
        "application_name=pay%20gate | ApplicationName | pay gate",
        "search_path=gate,public | currentSchema | gate,public",
        "channel_binding=require | channelBinding | require",
        "connect_timeout=0 | connectTimeout | 0",
        "sslnegotiation=direct | sslNegotiation | direct"
      })
  void a_parameter_of_libpq_is_the_drivers(String parameter, String name, String value) {
    assertThat(PostgresUrl.parse("postgres://u@h/d?" + parameter).property(name)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "target_session_attrs=primary%20",
        "pool_max_conns=-1",
        "pool_max_conns=many",
        "connect_timeout=1.5",
        "sslmode=",
        "SSLMODE=require",
        "socketTimeout=5"
      })
  void a_parameter_that_libpq_has_not_or_whose_value_is_none_is_refused(String parameter) {
    String name = parameter.substring(0, parameter.indexOf('='));
    assertThatThrownBy(() -> PostgresUrl.parse("postgres://u@h/d?" + parameter))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(name);
    assertThat(
            PostgresUrl.parse("jdbc:postgresql://h/d?user=u&socketTimeout=5")
                .property("socketTimeout"))
        .as("the driver's own are for its own spelling")
        .isEqualTo("5");
  }

  @Test
  void a_url_without_a_database_means_that_of_the_user() {
    assertThat(PostgresUrl.parse("postgres://ann@h").database()).isEqualTo("ann");
    assertThat(PostgresUrl.parse("postgres://ann@h/").database()).isEqualTo("ann");
    assertThat(PostgresUrl.parse("postgres://ann@").hosts()).containsExactly("localhost:5432");
    assertThatThrownBy(() -> PostgresUrl.parse("postgres://h/d"))
        .hasMessageContaining("it needs a user and a database");
  }

  @Test
  void half_of_the_connections_that_a_url_allows_write_and_half_read() {
    for (int[] size : new int[][] {{0, 4}, {1, 1}, {2, 1}, {3, 1}, {20, 10}}) {
      String parameter = size[0] == 0 ? "" : "?pool_max_conns=" + size[0];
      DatabaseConfig config =
          DatabaseConfig.of(
              new DatabaseTarget.Postgres(PostgresUrl.parse("postgres://u@h/d" + parameter)));
      assertThat(config.writers()).isEqualTo(size[1]);
      assertThat(config.readers()).isEqualTo(size[1]);
    }
  }
}

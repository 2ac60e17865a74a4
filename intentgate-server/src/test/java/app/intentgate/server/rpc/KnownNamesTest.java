package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "METHOD",
        "Method",
        "methoD",
        "ID",
        "iD",
        "Params",
        "param\u017f",
        "j\u017fonrpc",
        "JSONRPC",
        "\u0130d",
        "\u0131d"
      })
  void aNameThatFoldsToAKnownOneIsRefused(String name) {
    JsonObject envelope = JsonObject.of(name, JsonNumber.ZERO);

    RpcProblem problem =
        catchThrowableOfType(
            RpcProblem.class, () -> KnownNames.ENVELOPE.check(envelope, JsonNumber.of(7)));

    assertThat(problem.code()).isEqualTo(-32600);
    assertThat(problem.id()).isEqualTo(JsonNumber.of(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"method", "id", "extra", "methods", "metho", "method\u0000", "name", ""})
  void theNameItselfAndNamesUnlikeItPass(String name) {
    assertThatCode(() -> KnownNames.ENVELOPE.check(JsonObject.of(name, JsonNumber.ZERO), null))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Name",
        "ARGUMENTS",
        "_Meta",
        "URI",
        "Ta\u017fk",
        "TaskId",
        "taskid",
        "ta\u017f\u212aId",
        "TASKID",
        "requeststate",
        "InputResponses",
        "inputRe\u017fponses"
      })
  void noParamThatAServerMayReadAsAnotherPasses(String name) {
    JsonObject params = JsonObject.of(name, JsonNumber.ZERO);

    RpcProblem problem =
        catchThrowableOfType(RpcProblem.class, () -> KnownNames.PARAMS.check(params, null));

    assertThat(problem.code()).isEqualTo(-32600);
    assertThat(String.valueOf(problem.data())).contains("a member of params is spelt like");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "taskId", "inputResponses", "requestState", "taskIds", "Tasks"})
  void theParamItselfAndOnesUnlikeItPass(String name) {
    assertThatCode(() -> KnownNames.PARAMS.check(JsonObject.of(name, JsonNumber.ZERO), null))
        .doesNotThrowAnyException();
  }
}

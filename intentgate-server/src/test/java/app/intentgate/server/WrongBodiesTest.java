package app.intentgate.server;

import static app.intentgate.server.OperatorClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every member of every operator's body wrong once: a sentence that names the member and what it
 * must be, and nothing is done.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongBodiesTest {
  private TestGate gate;
  private OperatorClient who;

  @BeforeAll
  void start(@TempDir Path directory) {
    gate = TestGate.start(directory);
    who = OperatorClient.superadmin(gate);
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  private void refused(String path, String body, String sentence) {
    Answer answer = who.post(path, body);

    assertThat(refusal(answer)).as("%s %s", path, body).isEqualTo("400 " + sentence);
    assertThat(gate.events()).as("%s %s", path, body).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mint | 'zone':7 | invalid JSON: zone must be a string",
        "mint | 'issuer':[] | invalid JSON: issuer must be a string",
        "mint | 'tenant':{} | invalid JSON: tenant must be a string",
        "mint | 'ttl_seconds':-1 | ttl_seconds must be >= 0",
        "mint | 'ttl_seconds':315360001 | ttl_seconds must be from 0 to 315360000",
        "mint | 'ttl_seconds':0.5 | invalid JSON: ttl_seconds must be a whole number",
        "mint | 'max_calls':-1 | max_calls must be >= 0",
        "mint | 'max_calls':9007199254740992 | max_calls must be from 0 to 9007199254740991",
        "mint | 'rate_per_min':-1 | rate_per_min must be >= 0",
        "mint | 'rate_per_min':'5' | invalid JSON: rate_per_min must be a whole number",
        "mint | 'max_cents':-1 | max_cents must be >= 0",
        "mint | 'max_cents':1e16 | max_cents must be from 0 to 9007199254740991",
        "mint | 'risk_max':-1 | risk_max must be >= 0",
        "mint | 'risk_max':true | invalid JSON: risk_max must be a whole number",
        "mint | 'servers':'x' | invalid JSON: servers must be an array of strings",
        "mint | 'callees':[1] | invalid JSON: callees must be an array of strings",
        "mint | 'callee_zones':{} | invalid JSON: callee_zones must be an array of strings",
        "mint | 'step_up':1 | invalid JSON: step_up must be true or false",
        "revoke | 'reason':7 | invalid JSON: reason must be a string",
        "kill-switch | 'reason':7 | invalid JSON: reason must be a string",
        "exceptions/grant | 'zone':7 | invalid JSON: zone must be a string",
        "exceptions/grant | 'approved_by':7 | invalid JSON: approved_by must be a string",
        "exceptions/grant | 'reason':[] | invalid JSON: reason must be a string",
        "operators | 'subject':7 | invalid JSON: subject must be a string",
        "operators | 'expires_at':7 | invalid JSON: expires_at must be a string",
        "operators | 'tenant':7 | invalid JSON: tenant must be a string",
        "check | 'args':[] | invalid JSON: args must be an object",
        "check | 'args':'x' | invalid JSON: args must be an object",
        "check | 'token':7 | invalid JSON: token must be a string",
        "check | 'prompt':7 | invalid JSON: prompt must be a string",
        "check | 'session_id':7 | invalid JSON: session_id must be a string",
        "preview | 'args':[] | invalid JSON body: args must be an object"
      })
  void one_member_that_is_wrong_beside_those_that_are_right(
      String path, String member, String sentence) {
    String right =
        switch (path) {
          case "mint" -> "'subject':'a'";
          case "revoke" -> "'jti':'j'";
          case "kill-switch" -> "'scope':'global'";
          case "exceptions/grant" ->
              "'agent_id':'a','tools':['t'],'ttl_seconds':5,'exception_ref':'e'";
          case "operators" -> "'name':'n','role':'viewer'";
          default -> "'tool':'t'";
        };
    refused(path, "{" + right + "," + member + "}", sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mint | {} | subject is required",
        "mint | {'subject':' \\t'} | subject is required",
        "mint | {'subject':null} | subject is required",
        "revoke | {} | jti is required",
        "revoke | {'jti':'  '} | jti is required",
        "revoke | {'subject':' ','tenant':' '} | jti is required",
        "revoke | {'jti':'j','tenant':'t'} | invalid JSON: json: unknown field \"tenant\" beside"
            + " jti",
        "kill-switch | {} | scope must be one of: global, tenant, agent",
        "kill-switch | {'scope':'all'} | scope must be one of: global, tenant, agent",
        "kill-switch | {'scope':'tenant'} | tenant is required for a tenant kill",
        "kill-switch | {'scope':'tenant','tenant':' '} | tenant is required for a tenant kill",
        "kill-switch | {'scope':'agent','value':'a'} | tenant is required for an agent kill",
        "kill-switch | {'scope':'agent','tenant':'t'} | value (agent id) is required for an agent"
            + " kill",
        "kill-switch/release | {'scope':'tenant'} | tenant is required for a tenant kill",
        "operators | {'role':'viewer'} | name is required, of at most 200 characters",
        "operators | {'name':' ','role':'viewer'} | name is required, of at most 200 characters",
        "operators | {'name':'n','role':'viewer','expires_at':'2020-01-01T00:00:00Z'} | expires_at"
            + " must be in the future",
        "operators | {'name':'n','role':'viewer','expires_at':'tomorrow'} | invalid 'expires_at'"
            + " timestamp: expected RFC 3339, such as 2026-01-02T15:04:05Z",
        "exceptions/grant | {'tools':['t'],'ttl_seconds':5,'exception_ref':'e'} | agent_id is"
            + " required",
        "exceptions/grant | {'agent_id':'a','tools':[' ',''],'ttl_seconds':5,'exception_ref':'e'} |"
            + " tools must list at least one tool (an exception must be scoped)",
        "exceptions/grant | {'agent_id':'a','tools':['t'],'exception_ref':'e'} | ttl_seconds must"
            + " be > 0 (an exception must expire)",
        "exceptions/grant | {'agent_id':'a','tools':['t'],'ttl_seconds':-5,'exception_ref':'e'} |"
            + " ttl_seconds must be > 0 (an exception must expire)",
        "exceptions/grant | {'agent_id':'a','tools':['t'],'ttl_seconds':172801,'exception_ref':'e'}"
            + " | ttl_seconds exceeds the maximum exception window",
        "exceptions/grant | {'agent_id':'a','tools':['t'],'ttl_seconds':5,'exception_ref':' '} |"
            + " exception_ref is required (the approved GRC/IGA exception id)",
        "proof-of-intent | {} | session_id or event_id is required",
        "proof-of-intent | {'session_id':' ','event_id':''} | session_id or event_id is required",
        "preview | {} | missing required field \"tool\"",
        "preview | {'tool':' '} | missing required field \"tool\"",
        "approvals/x/decide | {} | decision must be \"approve\" or \"reject\"",
        "approvals/x/decide | {'decision':'Approve'} | decision must be \"approve\" or \"reject\"",
        "approvals/x/decide | {'decision':'approve ','note':'n'} | decision must be \"approve\" or"
            + " \"reject\"",
        "approvals/x/decide | {'decision':'approve','note':7} | invalid JSON: note must be a"
            + " string",
        "approvals/x/decide | {'decision':'approve','reason':'r'} | invalid JSON: json: unknown"
            + " field \"reason\"",
        "operators/x/rotate | {'grace_seconds':-1} | grace_seconds must be >= 0",
        "operators/x/rotate | {'grace_seconds':604801} | grace_seconds must be from 0 to 604800",
        "policies/active | {} | draft_id is required",
        "policies/active | {'draft_id':'x','revision':-1} | revision must be >= 0",
        "policies/active | {'draft_id':'x','revision':2147483648} | revision must be from 0 to"
            + " 2147483647",
        "policies/propose | {'draft_id':'x','proposed_by':'p','action':'replace'} | action must be"
            + " promote, rollback or clear",
        "policies/reject | {} | acted_by is required",
        "policies/shadow | {} | draft_id is required",
        "policies/dry-run | {} | missing required field \"rego\"",
        "policies/dry-run | {'rego':' '} | missing required field \"rego\"",
        "policies/dry-run | {'rego':'package p','input':{},'inputs':[{}]} | input and inputs cannot"
            + " both be given",
        "policies/dry-run | {'rego':'package p','input':7} | invalid JSON body: an input must be an"
            + " object",
        "policies/dry-run | {'rego':'package p','inputs':{}} | invalid JSON body: inputs must be an"
            + " array of at most 1000 objects",
        "policies/dry-run | {'rego':'package p','inputs':[{},7]} | invalid JSON body: an input must"
            + " be an object",
        "policies/dry-run | {'rego':'package p','limit':'7'} | invalid JSON body: limit must be a"
            + " whole number",
        "policies/dry-run | {'rego':'package p','max_samples':1.5} | invalid JSON body: max_samples"
            + " must be a whole number",
        "policies/dry-run | {'rego':'package p','explain':'yes'} | invalid JSON body: explain must"
            + " be true or false",
        "policies/dry-run | {'rego':'package p','from':'x'} | invalid 'from' timestamp: expected"
            + " RFC 3339, such as 2026-01-02T15:04:05Z"
      })
  void what_is_missing_or_makes_no_sense(String path, String body, String sentence) {
    refused(path, body, sentence);
  }

  @Test
  void more_inputs_than_a_dry_run_takes_are_refused_and_as_many_are_not() {
    String some = "{'rego':'package intentgate.policy\\ndefault decision := {}','inputs':[{}@]}";

    assertThat(
            who.done("policies/dry-run", some.replace("@", ",{}".repeat(999)))
                .at("/summary/events_evaluated")
                .asInt())
        .isEqualTo(1_000);
    refused(
        "policies/dry-run",
        some.replace("@", ",{}".repeat(1_000)),
        "invalid JSON body: inputs must be an array of at most 1000 objects");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "audit?from=yesterday | from",
        "audit?to=2026-01-01 | to",
        "audit/verify?from=1700000000 | from",
        "audit/verify?to=x | to",
        "audit/export?from=2026-13-01T00:00:00Z | from",
        "audit/export?to=2026-01-01T25:00:00Z | to"
      })
  void a_time_that_is_none(String path, String name) {
    assertThat(refusal(who.get(path)))
        .isEqualTo(
            "400 invalid '"
                + name
                + "' timestamp: expected RFC 3339, such as 2026-01-02T15:04:05Z");
    assertThat(gate.events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "policies/history?cursor=x,invalid cursor",
    "audit/export?format=xml,format must be 'csv' or 'json'",
    "audit/stream?last_event_id=x,Last-Event-ID is none of this stream's: leave it out to follow"
        + " from now on"
  })
  void a_parameter_that_means_nothing(String path, String sentence) {
    assertThat(refusal(who.get(path))).isEqualTo("400 " + sentence);
    assertThat(gate.events()).isEmpty();
  }
}

"""An agent in Python, with the public IntentGate SDK, against a gate that somebody else runs.

Usage: agent.py GATE_URL ADMIN_TOKEN

Prints one line per thing it tried and ends with status 1 when one of them went otherwise than it should.
"""
import json
import sys
import urllib.request

from intentgate import (
    BudgetError,
    CapabilityError,
    Gateway,
    IntentError,
    PolicyError,
    ProtocolError,
    attenuate,
)

url, admin_token = sys.argv[1], sys.argv[2]
failures = 0


def operator(path, body):
    request = urllib.request.Request(
        url + path,
        data=json.dumps(body).encode(),
        headers={"Authorization": "Bearer " + admin_token, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def mint(**grant):
    return operator("/v1/admin/mint", {"subject": "python-agent", "ttl_seconds": 600, **grant})


def tell(what, good, seen):
    global failures
    failures += not good
    print(f"{'ok  ' if good else 'FAIL'} {what}: {seen}", flush=True)


def allowed(what, token, tool, arguments=None, prompt=None):
    try:
        result = Gateway(url, token=token).tool_call(tool, arguments, intent_prompt=prompt)
        tell(what, result.intentgate is not None and result.intentgate.decision == "allow", result.content)
    except Exception as error:
        tell(what, False, repr(error))


def refused(what, expected, token, tool, arguments=None, prompt=None):
    try:
        Gateway(url, token=token).tool_call(tool, arguments, intent_prompt=prompt)
        tell(what, False, "allowed")
    except Exception as error:
        tell(what, type(error) is expected, f"{type(error).__name__} {getattr(error, 'data', '')}")


ODD = "read_<a>&é"  # characters that SDKs and gates escape differently in what they sign

parent = mint(tools=["read_*"], max_calls=100)
token = parent["token"]

allowed("a tool the token has", token, "read_invoice", {"id": 7})
refused("no token", CapabilityError, None, "read_invoice")
refused("a tool the token lacks", CapabilityError, token, "send_email")
refused("what the user did not ask for", IntentError, token, "read_ledger", prompt="show invoice 7")
refused("what the policy blocks", PolicyError, mint()["token"], "transfer_funds", {"amount_eur": 50000})

once = mint(tools=["read_*"], max_calls=1)["token"]
allowed("the first of one call", once, "read_invoice")
refused("the second of one call", BudgetError, once, "read_invoice")

child = attenuate(token, add_tools=[ODD, "read_invoice"], max_calls=5)
allowed("a child narrowed offline", child, "read_invoice")
allowed("a child narrowed to an odd name", child, ODD)
refused("a child beyond what it was narrowed to", CapabilityError, child, "read_ledger")
refused("a tool name beyond all bounds", ProtocolError, token, "read_" + "x" * 1000)

operator("/v1/admin/revoke", {"jti": parent["jti"], "reason": "the example is over"})
refused("a revoked token", CapabilityError, token, "read_invoice")
refused("the child of a revoked token", CapabilityError, child, "read_invoice")

sys.exit(1 if failures else 0)

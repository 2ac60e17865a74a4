package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Encodings and hashes, as policies call them. */
class EncodingFunctionsTest {
  @Expressions(
      """
      base64.encode("") => ""
      base64.encode("a") => "YQ=="
      base64.encode("ab?>") => "YWI/Pg=="
      base64url.encode("ab?>") => "YWI_Pg=="
      base64url.encode_no_pad("ab?>") => "YWI_Pg"
      base64.decode("YWI/Pg==") => "ab?>"
      base64url.decode("YWI_Pg==") => "ab?>"
      base64url.decode("YWI_Pg") => "ab?>"
      base64.decode(input.nope) => undefined
      base64.decode("!") => builtin error: base64.decode: illegal base64 data at input byte 0
      base64.is_valid("YQ==") => true
      base64.is_valid("Y") => false
      base64.is_valid(input.n) => false
      hex.encode("Az") => "417a"
      hex.decode("417A") => "Az"
      hex.decode("4") => builtin error: hex.decode: ...
      hex.decode("zz") => builtin error: hex.decode: ...
      urlquery.encode("a b&c=d/é") => "a+b%26c%3Dd%2F%C3%A9"
      urlquery.decode("a+b%26") => "a b&"
      urlquery.decode("%4") => builtin error: urlquery.decode: ...
      urlquery.encode_object({"b": "2", "a": ["1", "x y"]}) => "a=1&a=x+y&b=2"
      urlquery.encode_object({"a": {"2", "1"}}) => "a=1&a=2"
      urlquery.encode_object({}) => ""
      urlquery.decode_object("a=1&a=2&b=") => {"a": ["1", "2"], "b": [""]}
      """)
  void texts(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      json.marshal({"b": [1, null], "a": "<&>"}) => "{\\"a\\":\\"\\\\u003c\\\\u0026\\\\u003e\\",\\"b\\":[1,null]}"
      json.marshal({2, 1}) => "[1,2]"
      json.marshal(1.50) => "1.50"
      json.marshal("é😀") => "\\"é😀\\""
      json.marshal(input.missing) => undefined
      json.unmarshal(`{"a": [1.0, true]}`) => {"a": [1.0, true]}
      json.unmarshal(" 1 ") => 1
      json.unmarshal(`"\\u00e9\\ud83d\\ude00"`) => "é😀"
      json.unmarshal("{") => builtin error: json.unmarshal: unexpected EOF
      json.unmarshal("1 2") => builtin error: json.unmarshal: ...
      json.unmarshal("{'a': 1}") => builtin error: json.unmarshal: ...
      json.is_valid("{}") => true
      json.is_valid("{,}") => false
      json.is_valid("") => false
      json.is_valid(input.n) => false
      json.marshal_with_options({"a": [1]}, {"pretty": false}) => "{\\"a\\":[1]}"
      json.marshal_with_options([1], {"indent": "  "}) => "[\\n  1\\n]"
      json.marshal_with_options([1], {"indent": "\\t", "prefix": "#"}) => "#[\\n#\\t1\\n#]"
      json.unmarshal(json.marshal({"k": [1, {"x": null}]})) => {"k": [1, {"x": null}]}
      """)
  void json(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      crypto.md5("abc") => "900150983cd24fb0d6963f7d28e17f72"
      crypto.sha1("") => "da39a3ee5e6b4b0d3255bfef95601890afd80709"
      crypto.sha1("abc") => "a9993e364706816aba3e25717850c26c9cd0d89d"
      crypto.sha256("") => "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      crypto.sha256("abc") => "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      crypto.hmac.md5("what do ya want for nothing?", "Jefe") => "750c783e6ab0b503eaa86e310a5db738"
      crypto.hmac.sha1("what do ya want for nothing?", "Jefe") => "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
      crypto.hmac.sha256("what do ya want for nothing?", "Jefe") => "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      crypto.hmac.sha512("what do ya want for nothing?", "Jefe") => "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
      crypto.hmac.equal("abc", "abc") => true
      crypto.hmac.equal("abc", "abd") => false
      crypto.hmac.equal("abc", "abcd") => false
      crypto.hmac.equal(crypto.hmac.sha256("m", "k"), crypto.hmac.sha256("m", "k")) => true
      crypto.sha256(input.n) => type error: crypto.sha256: operand 1 must be string but got number
      """)
  void hashes(ExpressionTable.Line line) {
    line.check();
  }
}

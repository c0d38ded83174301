import Testing
import Topology

@Suite struct StageTests {
  private func work(_ stage: String) throws -> Topology.Work {
    try load(topologyText(stage: stage)).stages[0].work
  }

  private func call(_ stage: String) throws -> Topology.OperatorCall {
    guard case .operator(let call) = try work(stage) else { throw UnexpectedValue() }
    return call
  }

  @Test func queryIsKept() throws {
    guard case .sql(let text) = try work("sql: SELECT 1") else { throw UnexpectedValue() }
    #expect(text.string == "SELECT 1")
  }

  @Test func operatorIsAName() throws {
    let call = try call("operator: noop")
    #expect(call.name == "noop")
    #expect(call.configuration == nil)
    #expect(call.position == TopologyPosition(file: "t.yaml", line: 2, column: 31))
  }

  @Test(arguments: [
    (
      "{ a: 1, b: -2.5e3, c: 01, d: true, e: ~, f: x }",
      #"{"a":1,"b":-2.5e3,"c":"01","d":true,"e":null,"f":"x"}"#
    ),
    (#"{ a: "1", b: 'true', "c\"": [1, [], {}] }"#, #"{"a":"1","b":"true","c\"":[1,[],{}]}"#),
    (#""tab\tend\e""#, #""tab\u0009end\u001b""#),
    ("1.", #""1.""#), ("1e", #""1e""#), ("0", "0"), ("1_000", #""1_000""#),
    (#""${N}""#, #""12""#), (".inf", #"".inf""#),
  ])
  func configurationBecomesJSON(yaml: String, json: String) throws {
    let text = topologyText(stage: "operator: { name: my.op, configuration: \(yaml) }")
    let topology = try load(text, environment: ["N": "12"])
    guard case .operator(let call) = topology.stages[0].work else { throw UnexpectedValue() }
    #expect(call.configuration == json)
  }

  @Test func configurationIsTypedAfterFillingIn() throws {
    let text = """
      topology: t
      source: { files: a.csv }
      stages:
        - name: s
          operator:
            name: noop
            configuration:
              plain: ${N}
              quoted: "${N}"
              dash: -x
      """
    guard case .operator(let call) = try load(text, environment: ["N": "12"]).stages[0].work else {
      throw UnexpectedValue()
    }
    #expect(call.configuration == #"{"plain":12,"quoted":"12","dash":"-x"}"#)
  }

  @Test func severalStagesAreAllowed() throws {
    let text = """
      topology: t
      source: { files: a.csv }
      stages:
        - name: one
          sql: SELECT 1
        - name: two
          operator: echo
      """
    let stages = try load(text).stages
    #expect(stages.map(\.name) == ["one", "two"])
    #expect(stages[1].position == TopologyPosition(file: "t.yaml", line: 6, column: 5))
  }

  @Test(arguments: [
    ("exec: cat", "2:21: error: 'exec' is not supported yet: use sql, or operator for Swift code"),
    ("sql: x, operator: y", "2:29: error: stages.0 has both 'sql' and 'operator': keep one"),
    ("sql: ' '", "2:26: error: stages.0.sql is empty: write a query"),
    (
      "sql: [x]",
      "2:26: error: stages.0.sql must be a query such as 'sql: SELECT …', not a list"
    ),
    (#"sql: "a\0b""#, "2:26: error: stages.0.sql holds a NUL character: remove it"),
    ("sq: x", "2:21: error: unknown key 'sq' in stages.0; did you mean 'sql'?"),
    (
      "timeout: 60s, sql: x",
      "2:21: error: 'timeout' does not belong in stages.0: it counts for the whole run, so move it"
        + " to the top level of the topology"
    ),
    (
      "sql: x, attempts: 2",
      "2:29: error: 'attempts' does not belong in stages.0: it counts for the whole run, so move it"
        + " to the top level of the topology"
    ),
    ("operator: [a]", "2:31: error: stages.0.operator must be text, not a list"),
    (
      "operator: a b",
      "2:31: error: stages.0.operator must be 1 to 64 letters (A-Z, a-z), digits, '.', '_' or '-',"
        + " not 'a b'"
    ),
    ("operator: { configuration: 1 }", "2:31: error: stages.0.operator needs a 'name'"),
    (
      "operator: { name: a, config: 1 }",
      "2:42: error: unknown key 'config' in stages.0.operator; known keys: name, configuration"
    ),
  ])
  func wrongStageIsRefused(stage: String, error: String) {
    #expect(errors(of: topologyText(stage: stage)).contains("t.yaml:" + error))
  }

  @Test(arguments: [
    ("[]", "3:9: error: stages is empty: add one"),
    (
      "x",
      "3:9: error: stages must be a list of stages such as '- { name: report, sql: SELECT … }', not 'x'"
    ),
    ("[{ sql: x }]", "3:10: error: stages.0 needs a 'name'"),
    ("[{ name: a }]", "3:10: error: stages.0 must have one of 'sql' and 'operator'"),
    (
      "[5]",
      "3:10: error: stages.0 must be a mapping such as '{ name: report, sql: SELECT … }', not '5'"
    ),
    (
      "[{ name: a, sql: x }, { name: a, sql: y }]",
      "3:31: error: two stages are called 'a' (the first is at t.yaml:3:10): rename one"
    ),
  ])
  func wrongStagesAreRefused(stages: String, error: String) {
    let text = "topology: t\nsource: { files: a.csv }\nstages: \(stages)"
    #expect(errors(of: text) == ["t.yaml:" + error])
  }
}

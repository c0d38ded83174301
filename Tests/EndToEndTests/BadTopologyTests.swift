import Foundation
import Testing

extension EndToEnd {
  /// Topologies that are rejected before anything starts.
  @Suite("Bad topologies")
  struct BadTopologyTests {
    let workspace: Workspace
    init() throws {
      workspace = try Workspace()
      try workspace.write("in.csv", "a,b,carrier\n1,2,AA\n")
    }

    @Test("a column that is not there, with the nearest")
    func unknownColumn() throws {
      try workspace.topology(sql: "SELECT a, carier FROM input")
      try workspace.expectFailure(
        2, "t.yaml:9:17: error: column \"carier\" does not exist", "did you mean carrier?")
    }

    @Test("SQL that is none")
    func badSQL() throws {
      try workspace.topology(sql: "SELECT a FROM input GROUP a")
      try workspace.expectFailure(2, "t.yaml:9:33: error: syntax error at or near \"a\"")
    }

    @Test("SQL that is not supported, by name")
    func unsupported() throws {
      try workspace.topology(sql: "SELECT a FROM input EXCEPT SELECT b FROM input")
      try workspace.expectFailure(2, "t.yaml:9:", "not supported")
    }

    @Test("a key that is not known, with the nearest")
    func unknownKey() throws {
      try workspace.topology(rest: "wokers: 2")
      try workspace.expectFailure(2, "t.yaml:13:1: error:", "'wokers'", "workers")
    }

    @Test("all errors at once, from validate as from run")
    func allAtOnce() throws {
      try workspace.topology(partition: "huge", rest: "attempts: 0\nwokers: 2")
      let parts = ["t.yaml:5:14: error:", "t.yaml:13:11: error:", "t.yaml:14:1: error:"]
      for command in ["run", "validate", "plan"] {
        try workspace.expect(
          try workspace.run(command, workspace.path("t.yaml")), failed: 2, parts)
      }
    }

    @Test("YAML that is none")
    func notYAML() throws {
      try workspace.write("t.yaml", "topology: t\nsource: [\n")
      try workspace.expectFailure(2, "t.yaml:3:1: error: not valid YAML")
    }

    @Test("a topology that is not there")
    func missing() throws {
      try workspace.expectFailure(
        2, "t.yaml: error: cannot read the topology: there is no such file", "check the path")
    }

    @Test("an operator that is not known")
    func unknownOperator() throws {
      try workspace.write(
        "t.yaml",
        """
        topology: t
        source:
          range: { from: 0, to: 10 }
        stages:
          - name: only
            operator: nop
        sink: { discard: true }

        """)
      try workspace.expectFailure(
        2, "t.yaml:6:15: error: unknown operator 'nop'", "echo, noop, sleep, sql")
    }

    @Test("workers that are none or too many", arguments: ["0", "-1", "1025"])
    func workers(count: String) throws {
      try workspace.topology()
      try workspace.expectFailure(
        2, "--workers: error: \(count) is not from 1 to 1024",
        arguments: ["--workers=\(count)"])
    }

    @Test(
      "a command line that makes no sense",
      arguments: [["run", "t.yaml", "--wrokers", "3"], ["run"], ["rnu", "t.yaml"]])
    func usage(arguments: [String]) throws {
      let result = try workspace.start(arguments).wait()
      try workspace.expect(result, failed: 64, ["Error:", "Usage:"])
    }

    @Test("a mistaken flag, with the nearest")
    func flag() throws {
      let result = try workspace.run("run", "t.yaml", "--wrokers", "3")
      #expect(result.standardError.contains("Did you mean '--workers'?"))
    }

    @Test("an output that would replace its own source")
    func ownSource() throws {
      try workspace.topology(sink: "in.csv")
      try workspace.expectFailure(2, "in.csv", "choose another file", output: nil)
      #expect(try workspace.read("in.csv") == Data("a,b,carrier\n1,2,AA\n".utf8))
    }
  }
}

import Foundation
import Testing

extension EndToEnd {
  /// What the command prints, and where.
  @Suite("Command line")
  struct CommandLineTests {
    let workspace: Workspace
    init() throws {
      workspace = try Workspace()
      try workspace.write("in.csv", "a,b\n1,x\n2,y\n3,x\n")
    }

    @Test("version")
    func version() throws {
      let result = try workspace.run("version")
      #expect(result.status == 0)
      #expect(result.standardOutput.contains(/^millrace \d+\.\d+\.\d+\nwire \d+\.\d+\nlibzmq 4\./))
    }

    @Test("--help names the exit codes")
    func help() throws {
      for arguments in [["--help"], ["run", "--help"]] {
        let result = try workspace.start(arguments).wait()
        #expect(result.status == 0)
        for code in ["  0 ", "  1 ", "  2 ", "  64 ", "  130 ", "  143 "] {
          #expect(result.standardOutput.contains(code))
        }
      }
    }

    @Test("validate says ok and runs nothing")
    func validate() throws {
      let topology = try workspace.topology()
      let result = try workspace.run("validate", topology)
      #expect(result.status == 0)
      #expect(result.standardOutput == "\(topology): ok\n")
      #expect(!workspace.has("out.csv"))
      try workspace.expectNothingLeft()
    }

    @Test("plan shows columns with their types, partitions and both parts of the SQL")
    func plan() throws {
      let result = try workspace.run(
        "plan",
        try workspace.topology(
          partition: "1KiB", sql: "SELECT b, avg(a) AS mean FROM input GROUP BY b ORDER BY b"),
        "--cuts")
      #expect(result.status == 0, "\(result.standardError)")
      for part in [
        "source    1 file, 16 B", workspace.path("in.csv"), "  a  bigint", "  b  text",
        "partitions 1, 12 to 12 bytes each, delivered by reference", "offset 4  length 12",
        "worker:", "partial aggregate by b", "sink:", "sort by b", workspace.path("out.csv"),
      ] {
        #expect(result.standardOutput.contains(part))
      }
      #expect(!workspace.has("out.csv"))
    }

    @Test("run tells of its figures and its result on standard error")
    func summary() throws {
      let result = try workspace.run("run", workspace.topology())
      #expect(result.status == 0)
      #expect(result.standardOutput == "")
      #expect(result.standardError.contains(/test: 3 rows in 1 partition, 12 B, .* 2 workers/))
      #expect(result.messages.last == "result: \(workspace.path("out.csv")) (3 rows, 16 B)")
    }

    @Test("--quiet prints the result and nothing else")
    func quiet() throws {
      let result = try workspace.run("run", workspace.topology(), "--quiet")
      #expect(result.status == 0)
      #expect(result.standardOutput == "")
      #expect(result.standardError == "")
      let table = try workspace.run(
        "run", workspace.path("t.yaml"), "--quiet", "--set", "sink={ table: true }")
      #expect(table.standardOutput == " a | b\n---+---\n 1 | x\n 2 | y\n 3 | x\n")
      #expect(table.standardError == "")
    }

    @Test("--json prints an object a line, from started to summary")
    func json() throws {
      let result = try workspace.run("run", workspace.topology(), "--json")
      #expect(result.status == 0)
      #expect(result.standardError == "")
      let objects = try result.objects()
      #expect(objects.first?["event"] as? String == "started")
      #expect(objects.allSatisfy { $0["event"] is String })
      let summary = try #require(objects.last)
      #expect(summary["event"] as? String == "summary")
      for key in [
        "rows", "bytes", "partitions", "seconds", "wall_seconds", "rows_per_second",
        "bytes_per_second", "partitions_per_second", "workers", "deaths", "requeued", "duplicates",
      ] {
        #expect(summary[key] is NSNumber, "\(key)")
      }
      #expect(summary["rows"] as? Int == 3)
      #expect(summary["bytes"] as? Int == 12)
      #expect(summary["workers"] as? Int == 2)
      #expect(summary["output"] as? String == workspace.path("out.csv"))
    }

    @Test("--json of a run that fails says why and ends with its summary")
    func jsonFailure() throws {
      try workspace.write("in.csv", "a,b\n1,2\n3\n")
      let result = try workspace.run("run", workspace.topology(), "--json")
      #expect(result.status == 1)
      let objects = try result.objects()
      #expect(objects.suffix(2).map { $0["event"] as? String } == ["failed", "summary"])
      #expect((objects.dropLast().last?["reason"] as? String)?.contains("in.csv:3") == true)
      #expect(objects.last?["output"] is NSNull)
    }

    @Test("a reader that leaves early ends the run with an error, and nothing is left")
    func closedPipe() throws {
      try workspace.topology()
      let shell = try workspace.start(
        program: "/bin/sh",
        [
          "-c",
          "{ \"$MILLRACE\" run \(workspace.path("t.yaml")) --set 'sink={ table: true }'; "
            + "echo \"code $?\" >&2; } | true",
        ])
      let result = shell.wait()
      #expect(result.standardError.contains("standard output was closed"))
      #expect(result.standardError.contains("code 1"))
      try workspace.expectNothingLeft()
    }
  }
}

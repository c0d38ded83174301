import Foundation
import Operators
import Query
import Testing

@testable import Millrace
@testable import Topology

/// What a plan says of its source's partitions before any is cut.
@Suite struct PlannedPartitionsTests {
  private func plan(_ source: String) throws -> PlannedRun {
    let text = """
      topology: test
      source: \(source)
      stages: [{ name: all, sql: SELECT count(*) AS n FROM input }]
      sink: { table: true }
      """
    var registry = OperatorRegistry()
    SQLOperator.register(in: &registry)
    return try RunPlanner(registry: registry).plan(
      try Topology.load(bytes: Array(text.utf8), file: "t.yaml"))
  }

  private func count(_ plan: PlannedRun) throws -> UInt32 {
    var source = try plan.openSource()
    var count: UInt32 = 0
    while try source.next() != nil { count += 1 }
    return count
  }

  @Test(arguments: [1, 3, 7, 999, 1000, 1001])
  func aRangeHasExactlyAsManyAsPlanned(partition: Int) throws {
    for bounds in ["from: 0, to: 1000", "from: -500, to: 500", "from: 0, to: 1", "from: 5, to: 5"] {
      let plan = try plan("{ range: { \(bounds) }, partition: \(partition) }")
      #expect(try count(plan) == plan.maximumPartitions)
    }
  }

  @Test func theWidestRangeIsBoundedByWhatAnIndexHolds() throws {
    let plan = try plan(
      "{ range: { from: 0, to: \(Int64.max) }, partition: 1000 }")
    #expect(plan.maximumPartitions == .max)
  }

  @Test(arguments: ["1KiB", "3KiB", "1MiB"])
  func filesHaveNoMoreThanPlanned(partition: String) throws {
    let directory = try TemporaryDirectory()
    for file in 0..<3 {
      let rows = (0..<(file * 200)).map { "\($0),\(String(repeating: "x", count: $0 % 300))\n" }
      try directory.write("a,b\n" + rows.joined(), to: "\(file).csv")
    }
    for format in ["csv", "text"] {
      let plan = try plan(
        "{ files: \"\(directory.path)/*.csv\", format: \(format), partition: \(partition) }")
      let (count, most) = (try count(plan), plan.maximumPartitions)
      #expect(count <= most && count > 0, "\(count) of at most \(most)")
    }
  }
}

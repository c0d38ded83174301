import Foundation
import Testing

extension EndToEnd {
  /// The topologies that come with the product, against the same questions answered by other code.
  @Suite("Topologies")
  struct TopologyResultTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test("quickstart: delays by carrier")
    func quickstart() throws {
      let result = try run("quickstart")
      #expect(result.standardOutput == "")
      let rows = try workspace.rows("out.csv")
      #expect(Set(rows) == (try FlightFacts.all.get().carriers()))
      #expect(rows.count == 16)
      let means = rows.compactMap { Double($0[2]) }
      #expect(means == means.sorted(by: >))
    }

    @Test("quickstart as it is: a table on standard output and a summary on standard error")
    func table() throws {
      let result = try workspace.run("run", Repository.topology("quickstart"))
      #expect(result.status == 0, "\(result.standardError)")
      let lines = result.standardOutput.split(separator: "\n")
      #expect(
        try #require(lines.first).split(separator: "|").map {
          $0.trimmingCharacters(in: .whitespaces)
        }
          == ["carrier", "flights", "mean_delay", "worst_delay", "over_an_hour"])
      let cells = lines.dropFirst(2).map { line in
        line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
      #expect(Set(cells) == (try FlightFacts.all.get().carriers()))
      #expect(result.standardError.contains("80,789 rows in 16 partitions"))
      try workspace.expectNothingLeft()
    }

    @Test("busiest-routes: twenty routes in order")
    func busiestRoutes() throws {
      try run("busiest-routes")
      #expect(try workspace.rows("out.csv") == (try FlightFacts.all.get().busiestRoutes(20)))
    }

    @Test("late-airlines: a join with a table, an exact median, and ranks")
    func lateAirlines() throws {
      try run("late-airlines")
      #expect(try workspace.rows("out.csv") == (try FlightFacts.all.get().lateAirlines()))
    }

    @Test("word-count: two stages over a text")
    func wordCount() throws {
      try run("word-count")
      var counts: [String: Int] = [:]
      for line in try Repository.lines("LICENSE") {
        let words = line.lowercased().split { " .,;:()[]\"'/".contains($0) }
        for word in words { counts[String(word), default: 0] += 1 }
      }
      let expected = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(20)
      #expect(try workspace.rows("out.csv") == expected.map { [$0.key, String($0.value)] })
    }

    @Test("temperatures: a file without a header, from the environment", arguments: [7 as UInt64])
    func temperatures(seed: UInt64) throws {
      var stations: [String: [Double]] = [:]
      var text = ""
      var state = seed
      for _ in 0..<20_000 {
        // Knuth's MMIX generator: The Art of Computer Programming, volume 2, section 3.3.4.
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let station = "Station \((state >> 33) % 40)"
        let tenths = Int((state >> 40) % 1_000) - 400
        let shown = "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
        text += "\(station);\(shown)\n"
        stations[station, default: []].append(Double(tenths) / 10)
      }
      let file = try workspace.write("t.csv", text)
      try run(
        "temperatures", "--set", "source.partition=64KiB", environment: ["TEMPERATURES": file])
      let rows = try workspace.rows("out.csv")
      #expect(rows.map { $0[0] } == stations.keys.sorted())
      for row in rows {
        let values = try #require(stations[row[0]])
        #expect(Int(row[1]) == values.count)
        #expect(Double(row[2]) == values.min())
        let mean = try #require(Double(row[3]))
        #expect(abs(mean - values.reduce(0, +) / Double(values.count)) < 1e-9)
        #expect(Double(row[4]) == values.max())
      }
    }

    @Test("tasks: a range of partitions that do nothing")
    func tasks() throws {
      let result = try workspace.run(
        "run", Repository.topology("tasks"), "--json", environment: ["TASKS": "2000"])
      #expect(result.status == 0, "\(result.standardError)")
      let summary = try #require(try result.objects().last)
      #expect(summary["rows"] as? Int == 2000)
      #expect(summary["partitions"] as? Int == 2000)
      #expect(summary["bytes"] as? Int == 2000 * 64)
      try workspace.expectNothingLeft()
    }

    /// Runs a topology of the product with its result in `out.csv`.
    @discardableResult
    private func run(
      _ name: String, _ arguments: String..., environment: [String: String] = [:]
    ) throws -> CommandResult {
      let sink = "sink={ file: \(workspace.path("out.csv")) }"
      let result = try workspace.start(
        ["run", Repository.topology(name), "--set", sink] + arguments, environment: environment
      ).wait()
      #expect(result.status == 0, "\(result.standardError)")
      try workspace.expectNothingLeft()
      return result
    }
  }
}

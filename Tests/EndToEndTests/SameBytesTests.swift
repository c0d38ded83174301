import Foundation
import Testing

extension EndToEnd {
  /// The result is a function of topology and input, not of who computed what when.
  @Suite("Same bytes")
  struct SameBytesTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test(
      "whatever the number of workers and the way partitions travel",
      arguments: ["64KiB", "512KiB", "16MiB"])
    func workersAndDelivery(partition: String) throws {
      let variants = [
        ["--workers", "1"],
        ["--workers", "2", "--set", "source.deliver=inline", "--set", "balance=round-robin"],
        ["--workers", "2", "--set", "source.deliver=compressed"],
        ["--workers", "5", "--set", "source.deliver=reference"],
      ]
      for (number, variant) in variants.enumerated() {
        let result = try workspace.start(
          [
            "run", Repository.topology("quickstart"), "--quiet",
            "--set", "source.partition=\(partition)",
            "--set", "sink={ file: \(workspace.path("\(number).csv")) }",
          ] + variant
        ).wait()
        #expect(result.status == 0, "\(variant): \(result.standardError)")
        #expect(
          try workspace.read("\(number).csv") == (try workspace.read("0.csv")), "\(variant)")
      }
      #expect(Set(try workspace.rows("0.csv")) == (try FlightFacts.all.get().carriers()))
      try workspace.expectNothingLeft()
    }
  }
}

import Foundation
import Testing

extension EndToEnd {
  /// A cluster whose sink runs out of room.
  @Suite(
    "A full disk in a cluster", .enabled(if: SmallDisk.isPossible, "needs to mount a file system"))
  struct ClusterDiskTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test("where results wait fails the run in words, and the next one goes")
    func results() throws {
      let disk = try SmallDisk(at: workspace.path("sink"), kilobytes: 512)
      try expectFailureAndNextRun(on: disk, sink: "out.csv")
    }

    @Test("where the output goes fails the run in words, and the next one goes")
    func output() throws {
      let disk = try SmallDisk(at: workspace.path("disk"), kilobytes: 512)
      try expectFailureAndNextRun(on: disk, sink: "disk/out.csv")
    }

    /// Submits a run that does not fit and one that does.
    private func expectFailureAndNextRun(on disk: SmallDisk, sink: String) throws {
      let cluster = try TestCluster(workspace, keys: true)
      try cluster.startAll()
      // 2 MB of results.
      try workspace.write(
        "in.csv",
        "a,b\n"
          + (0..<20_000).map { "\($0),\(String(repeating: "x", count: 100))\n" }.joined())
      let large = try cluster.ask(
        "submit", workspace.topology(partition: "64KiB", sink: sink), "--wait"
      ).wait()
      #expect(large.status == 1)
      for words in [disk.path, "No space left on device", "free space"] {
        #expect(large.standardError.contains(words), "\(large.standardError)")
      }
      try workspace.write("in.csv", "a,b\n1,2\n")
      let small = try cluster.ask("submit", workspace.topology(sink: sink), "--wait").wait()
      #expect(small.status == 0, "\(small.standardError)")
      #expect(try workspace.read(sink) == Data("a,b\n1,2\n".utf8))
      cluster.endAll()
      try workspace.expectNothingLeft()
    }
  }
}

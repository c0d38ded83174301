import Foundation
import Testing

extension EndToEnd {
  /// Disks, directories and programs that are not what a run needs.
  @Suite("Bad surroundings")
  struct BadSurroundingsTests {
    let workspace: Workspace
    init() throws {
      workspace = try Workspace()
      try workspace.write(
        "in.csv", "a,b\n" + (0..<20_000).map { "\($0),\($0)\n" }.joined())
    }

    @Test("an output below a regular file")
    func outputBelowFile() throws {
      try workspace.topology(sink: "in.csv/out.csv")
      try workspace.expectFailure(2, "in.csv/out.csv", "ot a directory")
    }

    @Test("an output that is a directory")
    func outputIsDirectory() throws {
      try FileManager.default.createDirectory(
        atPath: workspace.path("out.csv"), withIntermediateDirectories: false)
      try workspace.topology()
      try workspace.expectFailure(
        2, "out.csv: the output path is a directory; give the path of a file", output: nil)
    }

    @Test("an output whose directories are missing: they are made")
    func outputDirectories() throws {
      let result = try workspace.run("run", workspace.topology(sink: "new/deep/out.csv"))
      #expect(result.status == 0, "\(result.standardError)")
      #expect(workspace.has("new/deep/out.csv"))
    }

    @Test("a full disk", .enabled(if: SmallDisk.isPossible, "needs to mount a file system"))
    func fullDisk() throws {
      let disk = try SmallDisk(at: workspace.path("disk"))
      try workspace.topology(sink: "disk/out.csv")
      try workspace.expectFailure(
        1, "disk/out.csv", "No space left on device", "free space", output: "disk/out.csv")
      #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == [])
    }

    @Test(
      "a limit on the size of files: too small for the ledger, too small for the results",
      arguments: [
        (4, 2, "ledger.sqlite: the ledger cannot be written"), (300, 1, "File too large"),
      ])
    func fileSizeLimit(blocks: Int, status: Int32, message: String) throws {
      try workspace.topology()
      let shell = try workspace.start(
        program: "/bin/sh",
        ["-c", "ulimit -f \(blocks); exec \"$MILLRACE\" run \(workspace.path("t.yaml"))"])
      try workspace.expect(shell.wait(), failed: status, [workspace.root.path, message])
    }

    @Test("a temporary directory that is not there")
    func noTemporaryDirectory() throws {
      let result = try workspace.run(
        "run", workspace.topology(), environment: ["TMPDIR": workspace.path("nowhere")])
      try workspace.expect(
        result, failed: 2, ["No such file or directory", "set TMPDIR to a directory that exists"])
    }

    @Test("a temporary directory too long for sockets: another is taken, and left clean")
    func longTemporaryDirectory() throws {
      let long = workspace.path(String(repeating: "long", count: 30))
      try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: false)
      let command = try workspace.start(
        ["run", workspace.slowTopology()], environment: ["TMPDIR": long])
      let arguments = ProcessTable.arguments(of: try command.waitUntilWorking()[0])
      let option = try #require(arguments.firstIndex(of: "--directory"))
      let directory = arguments[option + 1]
      #expect(!directory.hasPrefix(long))
      #expect(FileManager.default.fileExists(atPath: directory))
      let result = command.wait()
      #expect(result.status == 0, "\(result.standardError)")
      #expect(!FileManager.default.fileExists(atPath: directory))
      #expect(try FileManager.default.contentsOfDirectory(atPath: long) == [])
      try workspace.expectNothingLeft()
    }

    @Test("two runs at once do not meet")
    func twoRuns() throws {
      let first = try workspace.start(["run", workspace.topology()])
      let other = "sink={ file: \(workspace.path("other.csv")) }"
      let second = try workspace.start(["run", workspace.path("t.yaml"), "--set", other])
      #expect(first.wait().status == 0)
      #expect(second.wait().status == 0)
      #expect(try workspace.read("out.csv") == (try workspace.read("other.csv")))
      try workspace.expectNothingLeft()
    }

    @Test("a worker program that is gone: told with its reason, and not tried for ever")
    func workerGone() throws {
      let copy = workspace.path("millrace")
      try FileManager.default.copyItem(atPath: MillraceBinary.path(), toPath: copy)
      let command = try workspace.start(program: copy, ["run", workspace.topology()])
      // The process has begun but is far from starting its workers.
      #expect(unlink(copy) == 0)
      let result = command.wait()
      try workspace.expect(
        result, failed: 1, ["error: all workers are gone", "could not be started", copy])
      #expect(result.seconds < 20)
    }

    @Test(
      "a worker program that ends at once: told with its last words",
      .enabled(if: DynamicLoader.path != nil, "needs Linux's program loader"))
    func workerEndsAtOnce() throws {
      // Started through the loader, the process takes that for its own program and starts it again
      // as its workers, which then says that it knows no library called `worker`.
      let loader = try #require(DynamicLoader.path)
      let command = try workspace.start(
        program: loader, [MillraceBinary.path(), "run", workspace.topology()])
      let result = command.wait()
      try workspace.expect(
        result, failed: 1,
        ["error: all workers are gone", "exited with code 127", "cannot open shared object file"])
      #expect(result.seconds < 20)
    }
  }
}

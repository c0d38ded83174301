import Foundation
import Testing

/// A run as `millrace runs --json` lists it.
struct ListedRun: Equatable {
  let id: String
  let state: String
  /// Where all of it lies.
  let directory: URL
  /// Partitions whose results are stored.
  let stored: Int
  /// Processes that carried it out, one after the other.
  let sessions: Int
  let durability: String?

  /// Takes it from an object of the list.
  init(_ object: [String: Any]) throws {
    id = try #require(object["run"] as? String)
    state = try #require(object["state"] as? String)
    directory = URL(fileURLWithPath: try #require(object["directory"] as? String))
    stored = try #require(object["stored"] as? Int)
    sessions = try #require(object["sessions"] as? Int)
    durability = object["durability"] as? String
  }

  /// The run's ledger.
  var ledger: URL { directory.appendingPathComponent("ledger.sqlite") }

  /// The file that the results are in, of a run whose results are few.
  var segment: URL { directory.appendingPathComponent("results/000001.segment") }
}

extension Workspace {
  /// What `millrace runs` lists, the newest first.
  func listedRuns(environment: [String: String] = [:]) throws -> [ListedRun] {
    let result = try run("runs", "--json", environment: environment)
    #expect(result.status == 0, "\(result.standardError)")
    return try result.objects().map { object in
      #expect(object["event"] as? String == "run")
      return try ListedRun(object)
    }
  }

  /// The one run that there is.
  func onlyRun(environment: [String: String] = [:]) throws -> ListedRun {
    let runs = try listedRuns(environment: environment)
    try #require(runs.count == 1, "\(runs)")
    return runs[0]
  }

  /// Goes on with a run and tells of it as programs are told.
  func resume(
    _ name: String = "last", _ arguments: String..., environment: [String: String] = [:]
  ) throws -> CommandResult {
    try start(["resume", name, "--json"] + arguments, environment: environment).wait()
  }

  /// Whether any run has begun to exist.
  var hasRuns: Bool { runFiles.contains { $0.contains("/") } }

  /// Whether a run is on record and about to start its workers.
  var hasRecordedRun: Bool { runFiles.contains { $0.hasSuffix("/sockets") } }

  /// How many blocks of results are in the files of all runs; each holds one result or more.
  var storedBlocks: Int {
    runFiles.filter { $0.hasSuffix(".segment") }.reduce(0) { count, name in
      // A run that ends removes its files while one looks.
      guard let data = FileManager.default.contents(atPath: runs.path + "/" + name) else {
        return count
      }
      var blocks = 0
      var rest = data[...]
      while let block = rest.firstRange(of: Data("MRBLOCK\n".utf8)) {
        blocks += 1
        rest = rest[block.upperBound...]
      }
      return count + blocks
    }
  }

  /// The paths of all files of runs, relative to the runs' directory.
  private var runFiles: [String] { FileManager.default.subpaths(atPath: runs.path) ?? [] }
}

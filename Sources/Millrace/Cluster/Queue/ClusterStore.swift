import Foundation
import Ledger
import Wire

/// The runs of a cluster on disk: a directory for each, with its submission and how it ended.
///
/// What a call has written survives loss of power when it returns. One process at a time has a store.
final class ClusterStore: Sendable {
  /// The supervisor's directory.
  let directory: String
  private let lock: RunLock
  private var submissions: String { directory + "/submissions" }

  /// Runs that could not be read when the store was opened, and why.
  struct Loaded {
    /// In the order of submission.
    var runs: [ClusterRun] = []
    var damage: [String] = []
  }

  /// Opens a store; makes it when there is none.
  ///
  /// - Parameter directory: absolute.
  /// - Throws: ``ClusterError``, also when another process has it.
  init(directory: String) throws(ClusterError) {
    self.directory = directory
    try DurableFile.makeDirectory(directory)
    do throws(LedgerError) {
      lock = try RunLock(path: directory + "/lock")
    } catch {
      guard error.code == .inUse else { throw ClusterError(error.message) }
      throw ClusterError(
        "\(directory): it is the directory of another supervisor that is alive"
          + "\(Self.holder(of: directory + "/lock")); give this one its own with --state")
    }
    try DurableFile.makeDirectory(submissions)
  }

  /// Who holds a lock, in brackets after what is said of it; nothing when it has just been let go of.
  private static func holder(of path: String) -> String {
    do throws(LedgerError) {
      return try RunLock.holder(path: path).map { " (\($0.description))" } ?? ""
    } catch {
      return " (which one is not known: \(error.message))"
    }
  }

  /// Reads all runs, and removes what a submission that was cut short has left.
  ///
  /// - Throws: ``ClusterError`` when the directory cannot be read.
  func load() throws(ClusterError) -> Loaded {
    var loaded = Loaded()
    for name in try names() {
      let path = submissions + "/" + name
      guard !name.hasPrefix(".") else {
        try remove(path: path)
        continue
      }
      do {
        let run = try JSONDecoder().decode(
          ClusterRun.self, from: Data(contentsOf: URL(fileURLWithPath: path + "/run.json")))
        guard run.id == name else { throw ClusterError("it says that it is run \(run.id)") }
        loaded.runs.append(run)
      } catch {
        loaded.damage.append(
          "\(path): the run cannot be read and is left out (\(error)); remove the directory")
      }
    }
    loaded.runs.sort { $0.order < $1.order }
    return loaded
  }

  /// Adds a run.
  ///
  /// - Throws: ``ClusterError``; nothing of it is left then.
  func add(_ run: ClusterRun, _ submission: Submission) throws(ClusterError) {
    let path = submissions + "/" + run.id
    let unfinished = submissions + "/." + run.id
    do throws(ClusterError) {
      try DurableFile.makeDirectory(unfinished)
      try DurableFile.write(
        Request.submit(submission, token: run.token).encoded(), to: unfinished + "/submission")
      try DurableFile.write(try Self.encode(run), to: unfinished + "/run.json")
      try DurableFile.flush(directory: unfinished)
      guard rename(unfinished, path) == 0 else {
        throw ClusterError("\(path): rename: \(String(cString: strerror(errno)))")
      }
    } catch {
      try remove(path: unfinished)
      throw error
    }
    try DurableFile.flush(directory: submissions)
  }

  /// Writes what has changed of a run.
  ///
  /// - Throws: ``ClusterError``.
  func update(_ run: ClusterRun) throws(ClusterError) {
    try DurableFile.replace(
      "\(submissions)/\(run.id)/run.json", with: try Self.encode(run))
  }

  /// What a run was submitted as.
  ///
  /// - Throws: ``ClusterError``.
  func submission(of id: String) throws(ClusterError) -> Submission {
    let path = "\(submissions)/\(id)/submission"
    do {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      guard case .submit(let submission, _) = try bytes.withUnsafeBytes({ try Request(frame: $0) })
      else { throw ClusterError("it is something else") }
      return submission
    } catch {
      throw ClusterError("\(path): the submission cannot be read: \(error)")
    }
  }

  /// Keeps the output that is shown to who submitted the run.
  ///
  /// - Throws: ``ClusterError``.
  func keep(output: [UInt8], of id: String) throws(ClusterError) {
    try DurableFile.replace("\(submissions)/\(id)/output", with: output)
  }

  /// The output that was kept; empty where none was.
  ///
  /// - Throws: ``ClusterError``.
  func output(of id: String) throws(ClusterError) -> [UInt8] {
    let path = "\(submissions)/\(id)/output"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw ClusterError("\(path): the output cannot be read: \(error)")
    }
  }

  /// Removes all that is kept of a run here.
  ///
  /// - Throws: ``ClusterError``.
  func remove(_ id: String) throws(ClusterError) {
    // First out of sight, so that what is left of it is no run.
    let doomed = submissions + "/." + id
    guard rename(submissions + "/" + id, doomed) == 0 || errno == ENOENT else {
      throw ClusterError("\(doomed): rename: \(String(cString: strerror(errno)))")
    }
    try remove(path: doomed)
  }

  /// Lets other processes have it.
  func close() { lock.release() }

  private func names() throws(ClusterError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: submissions)
    } catch {
      throw ClusterError("\(submissions): the directory cannot be read: \(error)")
    }
  }

  private func remove(path: String) throws(ClusterError) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw ClusterError("\(path): it cannot be removed: \(error); remove it by hand")
    }
  }

  private static func encode(_ run: ClusterRun) throws(ClusterError) -> [UInt8] {
    do {
      return [UInt8](try JSONEncoder().encode(run))
    } catch {
      throw ClusterError("\(run.id): the run cannot be written down: \(error)")
    }
  }
}

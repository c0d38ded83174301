import Foundation
import Ledger
import PipelineCore
import Runtime
import Synchronization
import Topology
import Wire

/// The durable side of a run that this process carries out: its directory with the lock, the ledger and
/// the files of results and quarantine.
final class RunBooks: Sendable {
  private let catalog: RunCatalog
  private let held: HeldRun
  private let writer: LedgerWriter
  private let verification: Mutex<StoredVerification>
  /// The run as messages name it.
  let run: RunID

  /// What people call the run.
  var id: String { held.id }

  private init(_ catalog: RunCatalog, _ held: HeldRun, run: RunID) throws(LedgerError) {
    self.catalog = catalog
    self.held = held
    self.run = run
    verification = Mutex(try held.ledger.verification(stage: 0))
    writer = try LedgerWriter(held.ledger, session: held.session) { error in
      StandardError.write("warning: the ledger is not kept any more: \(error.message)")
    }
  }

  /// Begins a new run.
  ///
  /// - Throws: ``LedgerError``.
  static func begin(_ plan: PlannedRun, overrides: [String]) throws(LedgerError) -> RunBooks {
    let run = RunID(rawValue: .random(in: 1 ... .max))
    let record = RunRecord(
      run: run, topology: plan.topology.name, path: absolutePath(plan.topology.file),
      overrides: overrides, workers: plan.topology.workers, version: MillraceVersion.text,
      created: now, fingerprint: plan.fingerprint,
      durability: plan.topology.durability == .process ? .process : .machine,
      plan: plan.json.line, specification: plan.specification(run: run).encoded())
    let catalog = try standardCatalog()
    return try RunBooks(catalog, try catalog.create(record, session: session), run: run)
  }

  /// Takes up a run that another process began.
  ///
  /// - Throws: ``LedgerError`` when another process carries it out or it cannot be resumed.
  static func resume(_ id: String, in catalog: RunCatalog) throws(LedgerError) -> RunBooks {
    let held = try catalog.resume(id, session: session)
    let books = try RunBooks(catalog, held, run: try held.ledger.record().run)
    books.removeLeftSockets()
    return books
  }

  /// Where this user's runs are.
  static func standardCatalog() throws(LedgerError) -> RunCatalog {
    try RunCatalog(environment: ProcessInfo.processInfo.environment)
  }

  /// Where the runtime keeps results and partitions in quarantine.
  func storage(_ durability: RunStorage.Durability) -> RunStorage {
    RunStorage(
      durability: durability, directory: held.files.results,
      stored: { stored in self.writer.post(stage: 0, stored: stored) },
      recovered: { stored in
        self.verification.withLock { verification in
          for (index, digest) in stored { verification.add(index, digest: digest) }
        }
        self.writer.post(stage: 0, stored: stored)
      },
      recoveryEnded: { damage in self.tell(damage) },
      quarantine: { given, slice in try self.keep(given, slice) })
  }

  /// Tells what is done again although it was stored, and why.
  private func tell(_ damage: [String]) {
    let mismatches = verification.withLock { $0.mismatches() }
    for line in damage + mismatches.map(\.description) {
      StandardError.write("warning: stored results: \(line)")
      var object = JSONObject(event: "damaged")
      object.set("text", line)
      record(object)
    }
  }

  /// Writes an event down.
  func record(_ object: JSONObject, node: NodeID? = nil, partition: PartitionID? = nil) {
    writer.post(
      LedgerEvent(
        at: Self.now, kind: object.event, node: node, partition: partition, json: object.line))
  }

  /// The run, or this session of it, has ended.
  ///
  /// - Parameter isOver: whether it cannot go on, so that its results are of no use any more.
  /// - Throws: ``LedgerError`` when that cannot be written down.
  func end(
    _ state: RunState, message: String?, summary: JSONObject, isOver: Bool
  ) throws(LedgerError) {
    try writer.finish(
      RunOutcome(state, at: Self.now, message: message, json: summary.line))
    removeFile(socketsNote)
    if isOver { try held.removeResults() }
    try held.ledger.close()
    held.lock.release()
    try catalog.prune(keeping: Self.keptRuns)
  }

  /// The run was never carried out: a new one leaves nothing behind, an old one stays as it is.
  func forget() {
    do throws(LedgerError) {
      try writer.finish()
      try held.ledger.close()
      held.lock.release()
      if held.session == 1 { try catalog.remove(held.id) }
    } catch {
      StandardError.write("warning: \(error.message)")
    }
  }

  /// Finished runs that stay in the catalog.
  static let keptRuns = 50

  /// Keeps a partition that is given up.
  private func keep(
    _ given: Quarantined, _ slice: RunStorage.QuarantinedSlice
  ) throws {
    var record = QuarantineRecord(given, at: Self.now, bytes: nil, slice: slice.place)
    if case .file(_, _, let bytes) = slice {
      let file = RunFiles.quarantinedBytes(of: given.partition)
      try Data(bytes).write(
        to: URL(fileURLWithPath: held.files.directory + "/" + file), options: .atomic)
      record.bytes = file
    }
    writer.post(record)
  }

  private static var session: SessionStart {
    SessionStart(processID: HostName.processID, host: HostName.current, at: now)
  }

  /// Milliseconds since 1970.
  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  private static func absolutePath(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}

extension RunBooks {
  /// The file that names this session's directory of sockets, for the next session to remove what a
  /// process that was killed left behind.
  private var socketsNote: String { held.files.directory + "/sockets" }

  /// Notes this session's directory of sockets.
  func note(sockets path: String) {
    do {
      try Data(path.utf8).write(to: URL(fileURLWithPath: socketsNote), options: .atomic)
    } catch {
      StandardError.write("warning: \(socketsNote): \(error)")
    }
  }

  private func removeLeftSockets() {
    guard let note = FileManager.default.contents(atPath: socketsNote) else { return }
    let path = String(decoding: note, as: UTF8.self)
    if FileManager.default.fileExists(atPath: path) {
      do {
        try WorkerMark.killLeft(in: path)
      } catch {
        StandardError.write("warning: \(path): \(error)")
      }
    }
    removeFile(path)
    removeFile(socketsNote)
  }

  private func removeFile(_ path: String) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      StandardError.write("warning: \(path): \(error)")
    }
  }
}

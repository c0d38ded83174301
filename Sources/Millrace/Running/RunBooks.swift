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
  private let record: RunRecord
  /// The run as messages name it.
  var run: RunID { record.run }

  /// What people call the run.
  var id: String { held.id }

  private init(_ catalog: RunCatalog, _ held: HeldRun, _ record: RunRecord) throws(LedgerError) {
    self.catalog = catalog
    self.held = held
    self.record = record
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
    return try RunBooks(catalog, try catalog.create(record, session: session), record)
  }

  /// Begins a run of a cluster, under an id that it has already.
  ///
  /// - Throws: ``LedgerError``.
  static func begin(
    _ record: RunRecord, id: String, in catalog: RunCatalog
  ) throws(LedgerError) -> RunBooks {
    try RunBooks(catalog, try catalog.create(record, session: session, id: id), record)
  }

  /// Takes up a run that another process began.
  ///
  /// - Throws: ``LedgerError`` when another process carries it out or it cannot be resumed.
  static func resume(_ id: String, in catalog: RunCatalog) throws(LedgerError) -> RunBooks {
    let held = try catalog.resume(id, session: session)
    let books = try RunBooks(catalog, held, try held.ledger.record())
    removeLeftSockets(of: held.files)
    return books
  }

  /// Removes a run that is not going on, with what its processes left behind elsewhere.
  ///
  /// - Throws: ``LedgerError``.
  static func remove(_ id: String, from catalog: RunCatalog) throws(LedgerError) {
    let files = catalog.files(of: id)
    let lock = try RunLock(path: files.lock)
    removeLeftSockets(of: files)
    lock.release()
    try catalog.remove(id)
  }

  /// Where this user's runs are.
  static func standardCatalog() throws(LedgerError) -> RunCatalog {
    try RunCatalog(environment: ProcessInfo.processInfo.environment)
  }

  /// Where the runtime keeps results and partitions in quarantine: as durable as the run was begun
  /// with, whatever its topology says now.
  var storage: RunStorage {
    var storage = RunStorage(
      durability: record.durability == .machine ? .machine : .process,
      directory: held.files.results,
      stored: { stored in self.writer.post(stage: 0, stored: stored) },
      recovered: { stored in
        self.verification.withLock { verification in
          for (index, digest) in stored { verification.add(index, digest: digest) }
        }
        self.writer.post(stage: 0, stored: stored)
      },
      recoveryEnded: { damage in self.tell(damage) },
      quarantine: { given, slice in try self.keep(given, slice) })
    storage.untilDurable = { try self.writer.waitUntilSettled() }
    return storage
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

  /// The record that the run was begun with.
  var beginning: RunRecord { record }

  /// What has happened so far, a page at a time; as ``Ledger/events(after:limit:)``.
  ///
  /// - Throws: ``LedgerError``.
  func events(after number: Int64) throws(LedgerError) -> [LedgerEvent.Recorded] {
    try held.ledger.events(after: number)
  }

  /// Partitions of the run are stored somewhere else, where their digests are too: here those are 0.
  func note(stored: [ClosedRange<UInt32>]) {
    writer.post(stage: 0, stored: stored.flatMap { indexes in indexes.map { ($0, 0) } })
  }

  /// The run, or this session of it, has ended.
  ///
  /// - Parameters:
  ///   - isOver: whether it cannot go on, so that its results are of no use any more.
  ///   - prunes: whether runs of long ago are removed from the catalog.
  /// - Throws: ``LedgerError`` when that cannot be written down.
  func end(
    _ state: RunState, message: String?, summary: JSONObject, isOver: Bool, prunes: Bool = true
  ) throws(LedgerError) {
    try writer.finish(
      RunOutcome(state, at: Self.now, message: message, json: summary.line))
    removeSocketsNote()
    // In this order: results that are gone from a run that has not ended would be done again.
    try held.ledger.close()
    if isOver { try held.removeResults() }
    held.lock.release()
    if prunes { try catalog.prune(keeping: Self.keptRuns) }
  }

  /// This process ends before the run does: another one may take it up.
  func interrupt() {
    do throws(LedgerError) {
      try writer.finish(nil)
      try held.ledger.close()
    } catch {
      StandardError.write("warning: \(error.message)")
    }
    held.lock.release()
  }

  /// This session could not begin: a new run leaves nothing behind, one that is resumed stays as it is
  /// but for the word that it failed.
  ///
  /// - Returns: whether the run is there and can go on.
  func abandon(_ reason: String) -> Bool {
    var isKept = false
    do throws(LedgerError) {
      if held.session > 1 {
        isKept = true
      } else {
        isKept = try held.ledger.storedCount() > 0
      }
      try writer.finish(
        isKept ? RunOutcome(.failed, at: Self.now, message: reason) : nil)
      removeSocketsNote()
      try held.ledger.close()
      held.lock.release()
      if !isKept { try catalog.remove(held.id) }
    } catch {
      StandardError.write("warning: \(error.message)")
    }
    return isKept
  }

  /// As many of the newest runs always stay in the catalog; of the older ones those that can go on.
  static let keptRuns = 50

  /// Keeps a partition that is given up.
  private func keep(
    _ given: Quarantined, _ slice: RunStorage.QuarantinedSlice
  ) throws {
    var bytes: [UInt8]?
    if case .file(_, _, _, let content) = slice { bytes = content }
    try keep(given, slice.place, bytes: bytes)
  }

  /// Keeps a partition that is given up, with its bytes where there are any.
  func keep(
    _ given: Quarantined, _ place: QuarantineRecord.Slice, bytes: [UInt8]?
  ) throws {
    var record = QuarantineRecord(given, at: Self.now, bytes: nil, slice: place)
    if let bytes {
      let file = RunFiles.quarantinedBytes(of: given.partition)
      let handle = try FileHandle(forWritingTo: try emptyFile(file))
      try handle.write(contentsOf: bytes)
      try handle.synchronize()
      try handle.close()
      record.bytes = file
    }
    writer.post(record)
  }

  private func emptyFile(_ name: String) throws -> URL {
    let place = URL(fileURLWithPath: held.files.directory + "/" + name)
    try Data().write(to: place)
    return place
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
  /// The file that names a session's directory of sockets, for the next session to remove what a
  /// process that was killed left behind.
  private static func socketsNote(of files: RunFiles) -> String { files.directory + "/sockets" }

  /// Notes this session's directory of sockets.
  func note(sockets path: String) {
    let note = Self.socketsNote(of: held.files)
    do {
      try Data(path.utf8).write(to: URL(fileURLWithPath: note), options: .atomic)
    } catch {
      StandardError.write("warning: \(note): \(error)")
    }
  }

  private func removeSocketsNote() { Self.removeFile(Self.socketsNote(of: held.files)) }

  private static func removeLeftSockets(of files: RunFiles) {
    let note = socketsNote(of: files)
    guard let content = FileManager.default.contents(atPath: note) else { return }
    let path = String(decoding: content, as: UTF8.self)
    if FileManager.default.fileExists(atPath: path) {
      do {
        try WorkerMark.killLeft(in: path)
      } catch {
        StandardError.write("warning: \(path): \(error)")
      }
    }
    removeFile(path)
    removeFile(note)
  }

  private static func removeFile(_ path: String) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      StandardError.write("warning: \(path): \(error)")
    }
  }
}

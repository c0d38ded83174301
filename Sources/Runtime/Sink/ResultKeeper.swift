import PipelineCore
import ResultStore

/// The results of a run on disk, as the sink's thread uses them.
///
/// Durable results are all kept, in the order of their arrival, until the run has finished. Where
/// nothing is durable only those are kept that came before their turn, and the files go as soon as
/// none of them is left.
final class ResultKeeper {
  private let storage: RunStorage
  private let makeStore: () -> ResultStore
  private var store: ResultStore
  /// Apart from the store, so that results can be read while it recovers.
  private let reader: ResultReader
  private let flusher: FlushThread?
  /// Early results that are kept and not taken, where nothing is durable.
  private var held = 0
  /// What is not durable yet, by token, oldest first.
  private var unflushed: [(token: UInt64, stored: [RunStorage.StoredPartition])] = []

  /// Results of this run in the storage's directory; ``recover(_:)`` comes first.
  ///
  /// - Throws: ``StoreError`` when the directory cannot be used, ``RuntimeError``.
  init(_ storage: RunStorage, run: RunID, stage: UInt32) throws {
    self.storage = storage
    let disk = try storage.openDisk(storage.directory)
    let makeStore = { ResultStore(disk: disk, run: run, stage: stage) }
    self.makeStore = makeStore
    store = makeStore()
    reader = ResultReader(disk: disk)
    flusher =
      storage.durability == .machine
      ? try FlushThread(disk: disk, untilDurable: storage.untilDurable) : nil
  }

  /// Whether results are kept for a later session.
  var isDurable: Bool { storage.durability != .off }

  /// Readable while ``takePersisted()`` may have something to tell.
  var descriptor: CInt? { flusher?.descriptor }

  /// Hands over what earlier sessions stored, in groups; `body` may take them. Where nothing is
  /// durable there is nothing to hand over: what is left of another session goes.
  ///
  /// - Throws: ``StoreError``, or what `body` throws.
  func recover(_ body: ([StoredResult]) throws -> Void) throws {
    guard isDurable else { return try startOver() }
    var batch: [StoredResult] = []
    func hand() throws {
      try body(batch)
      storage.recovered(batch.map { ($0.index, $0.digest) })
      batch.removeAll(keepingCapacity: true)
    }
    let report: RecoveryReport
    do {
      report = try store.recover { result in
        batch.append(result)
        if batch.count == Self.recoveryBatch { try hand() }
      }
    } catch var error as StoreError where !error.path.hasPrefix("/") {
      error.path = "\(storage.directory)/\(error.path)"
      throw error
    }
    if !batch.isEmpty { try hand() }
    storage.recoveryEnded(report.lines)
  }

  /// Recovered results handed over at a time.
  private static let recoveryBatch = 4096

  /// Keeps the results of one message.
  ///
  /// - Returns: where each of them is.
  func keep(_ results: [NewResult]) throws(StoreError) -> [ResultPlace] {
    if results.count <= ResultStore.maximumResults { return try store.append(results) }
    var places: [ResultPlace] = []
    var rest = results[...]
    while !rest.isEmpty {
      places += try store.append(Array(rest.prefix(ResultStore.maximumResults)))
      rest = rest.dropFirst(ResultStore.maximumResults)
    }
    return places
  }

  /// Keeps a result that came before its turn where nothing is durable.
  func keepEarly(_ result: NewResult) throws(StoreError) -> ResultPlace {
    let place = try store.append([result])[0]
    held += 1
    return place
  }

  /// Gives a result back in pieces. Where nothing is durable it is forgotten then.
  ///
  /// - Throws: ``StoreError`` when it cannot be read or is not what was kept, or what `body` throws.
  func take(
    _ place: ResultPlace, digest: UInt64, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try reader.read(place, digest: digest, body)
    guard !isDurable else { return }
    held -= 1
    if held == 0 { try startOver() }
  }

  /// Removes all that was kept. Segments are numbered from the start again: a run whose results come
  /// early a million times would use the numbers up.
  private func startOver() throws(StoreError) {
    try store.removeAll()
    store = makeStore()
    try store.removeAll()
  }

  /// Has everything kept so far made as durable as was asked for; the token comes back through
  /// ``takePersisted()``.
  ///
  /// - Parameter stored: the results that the token stands for.
  /// - Returns: whether that is so already.
  func persist(_ token: UInt64, _ stored: [NewResult]) -> Bool {
    guard isDurable else { return true }
    let partitions = stored.map { (index: $0.index, digest: $0.digest) }
    let files = store.takeUnflushed()
    guard let flusher else {
      if !partitions.isEmpty { storage.stored(partitions) }
      return true
    }
    if files.isEmpty, unflushed.isEmpty { return true }
    unflushed.append((token, partitions))
    flusher.flush(files, token: token)
    return false
  }

  /// The latest token up to which all is durable since the last call, if there is one.
  ///
  /// - Throws: ``StoreError`` when a flush failed, or why the run itself is not durable.
  func takePersisted() throws -> UInt64? {
    guard let flusher else { return nil }
    var latest: UInt64?
    for outcome in flusher.takeOutcomes() {
      switch outcome {
      case .flushed(let token): latest = token
      case .failed(let error): throw error
      }
    }
    guard let latest else { return nil }
    let count = unflushed.firstIndex { $0.token > latest } ?? unflushed.count
    for entry in unflushed[..<count] where !entry.stored.isEmpty { storage.stored(entry.stored) }
    unflushed.removeFirst(count)
    return latest
  }
}

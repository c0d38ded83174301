import Dispatch
import PipelineCore
import Synchronization

/// Records what happens in a run on a thread of its own, many records to a transaction.
///
/// Nobody waits for the disk: what is posted is written within 50 ms, or sooner when 1000 records have
/// gathered. Only when the disk cannot keep up, and much has gathered, does a post wait until it is
/// written: memory stays bounded. After a failure nothing more is written and posts return at once; posts after
/// ``finish(_:)`` are passed over, for the outcome is the last word of a session.
package final class LedgerWriter: Sendable {
  /// The longest time that a record waits for others to be written with.
  static let span = DispatchTimeInterval.milliseconds(50)
  /// As many records are written at once, without waiting for others; also stored partitions, by the
  /// thousand.
  static let group = 1000
  /// As many stored partitions are written at once.
  static let groupStored = 1 << 16
  /// Beyond so many groups a post waits.
  static let capacity = 4

  private struct State {
    var batch = LedgerBatch()
    var isScheduled = false
    var isUrgent = false
    var isFinished = false
    var failure: LedgerError?
    var settlingFailure: LedgerError?
  }

  private let state = Mutex(State())
  private let recorder: Mutex<LedgerRecorder>
  private let queue = DispatchQueue(label: "ledger writer")
  private let settling = DispatchGroup()
  private let onFailure: @Sendable (LedgerError) -> Void

  /// Takes over the writing of a ledger, and sees to it, in the background, that what it has so far
  /// survives loss of power; ``waitUntilSettled()`` tells when.
  ///
  /// - Parameters:
  ///   - session: whose events are posted.
  ///   - onFailure: is told once, on the writer's thread, when the ledger cannot be written any more.
  /// - Throws: ``LedgerError`` when the ledger cannot be read.
  package init(
    _ ledger: Ledger, session: Int64, onFailure: @escaping @Sendable (LedgerError) -> Void
  ) throws(LedgerError) {
    recorder = Mutex(try LedgerRecorder(ledger, session: session))
    self.onFailure = onFailure
    queue.async(group: settling) { [self] in
      let failure = attempt { recorder throws(LedgerError) in try recorder.settle() }
      state.withLock { $0.settlingFailure = failure }
    }
  }

  /// Waits until what the ledger had when this writer took over survives loss of power, together with
  /// the names of the run's directory and of the files in it. Blocks the thread until then; must not be
  /// called by `onFailure`.
  ///
  /// - Throws: ``LedgerError`` when it could not be made so. What fails later is not told here.
  package func waitUntilSettled() throws(LedgerError) {
    settling.wait()
    if let failure = state.withLock({ $0.settlingFailure }) { throw failure }
  }

  /// Something happened.
  package func post(_ event: LedgerEvent) {
    post { $0.events.append(event) }
  }

  /// A partition goes into quarantine. It leaves it by being stored: then the file with its bytes is
  /// removed too.
  package func post(_ record: QuarantineRecord) {
    post { $0.quarantined.append(record) }
  }

  /// Partitions of a stage are stored. Those that were stored before are passed over.
  package func post(stage: UInt32, stored results: [(index: UInt32, digest: UInt64)]) {
    post { $0.add(results, stage: stage) }
  }

  /// Writes what was posted, and how the session ended, in one transaction. Call once.
  /// Without an outcome the run stays `running`: interrupted, once its lock is free.
  ///
  /// - Throws: ``LedgerError``, also when writing failed before.
  package func finish(_ outcome: RunOutcome? = nil) throws(LedgerError) {
    let isFirst = state.withLock { state in
      defer { state.isFinished = true }
      return !state.isFinished
    }
    precondition(isFirst, "a ledger's writer was finished twice")
    queue.sync { commit(outcome) }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  private func post(_ add: (inout LedgerBatch) -> Void) {
    enum Duty { case none, wake, hurry, wait }
    let duty = state.withLock { state -> Duty in
      guard state.failure == nil, !state.isFinished else { return .none }
      add(&state.batch)
      let fullness = max(
        state.batch.records / Self.group, state.batch.storedCount / Self.groupStored)
      if fullness >= Self.capacity { return .wait }
      if fullness >= 1, !state.isUrgent {
        state.isUrgent = true
        return .hurry
      }
      guard !state.isScheduled, !state.batch.isEmpty else { return .none }
      state.isScheduled = true
      return .wake
    }
    switch duty {
    case .none: break
    case .wake: queue.asyncAfter(deadline: .now() + Self.span) { [self] in commit() }
    case .hurry: queue.async { [self] in commit() }
    case .wait: queue.sync { commit() }
    }
  }

  /// Writes what has gathered; on the writer's thread.
  private func commit(_ outcome: RunOutcome? = nil) {
    let batch = state.withLock { state in
      state.isScheduled = false
      state.isUrgent = false
      defer { state.batch = LedgerBatch() }
      return state.batch
    }
    guard !batch.isEmpty || outcome != nil else { return }
    attempt { recorder throws(LedgerError) in try recorder.record(batch, outcome) }
  }

  /// Does something with the recorder unless something failed before.
  ///
  /// - Returns: why it failed now.
  @discardableResult
  private func attempt(
    _ body: (inout LedgerRecorder) throws(LedgerError) -> Void
  ) -> LedgerError? {
    guard state.withLock({ $0.failure }) == nil else { return nil }
    do throws(LedgerError) {
      try recorder.withLock { recorder throws(LedgerError) in try body(&recorder) }
      return nil
    } catch {
      state.withLock { $0.failure = error }
      onFailure(error)
      return error
    }
  }
}

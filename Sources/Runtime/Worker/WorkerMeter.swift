import PipelineCore
import Synchronization

/// What one incarnation of a worker is doing: its compute thread and its engine write it down, the
/// beat thread reads it at any time without waiting for either.
///
/// Each count has one writer, so that writing costs a load and a store.
final class WorkerMeter: Sendable {
  /// Whose work this is.
  let identity: NodeIncarnation

  private let partitions = Atomic<UInt64>(0)
  private let bytes = Atomic<UInt64>(0)
  private let rows = Atomic<UInt64>(0)
  private let skipped = Atomic<UInt64>(0)
  private let held = Atomic<UInt64>(0)
  /// Stage and index of the partition that is or was under way last.
  private let partition = Atomic<UInt64>(0)
  /// When the partition under way began, on ``MonotonicClock``; ``idle`` when none is.
  private let since = Atomic<Int64>(WorkerMeter.idle)
  private let void = Atomic<Bool>(false)
  private let files = Atomic<Bool>(false)
  private let recalled = Mutex(RecalledPartitions())
  /// Whether there are any ``recalled``.
  private let hasRecalled = Atomic<Bool>(false)

  /// The meter of an earlier incarnation at whose partition the compute thread still is.
  private let predecessor: WorkerMeter?
  /// Where what is under way is told to those who outlive the process; `nil` where nobody does.
  private let mark: PartitionMark?

  private static let idle = Int64.min

  /// A meter of an incarnation that has done nothing.
  ///
  /// - Parameter before: the meter of the incarnation before this one. What the compute thread is at
  ///   for that counts as under way until it is done: nothing of the new one is begun before.
  init(_ identity: NodeIncarnation, before: WorkerMeter? = nil, mark: PartitionMark? = nil) {
    self.identity = identity
    self.mark = mark
    predecessor = before?.busy
  }

  /// The meter, of this one and those before, for which the compute thread is at work.
  private var busy: WorkerMeter? {
    since.load(ordering: .acquiring) != Self.idle ? self : predecessor?.busy
  }

  /// Notes that a partition is begun. For the compute thread.
  func begin(_ id: PartitionID, at now: Instant) {
    // The release makes sure that who reads the new partition does not read the start of the last.
    partition.store(id.word, ordering: .releasing)
    since.store(now.nanoseconds, ordering: .releasing)
    mark?.set(id)
  }

  /// Notes that the partition is done, and what it took. For the compute thread.
  func finish(bytes: Int, rows: UInt32, skipped: UInt32) {
    since.store(Self.idle, ordering: .releasing)
    mark?.clear()
    Self.add(1, to: partitions)
    Self.add(UInt64(bytes), to: self.bytes)
    Self.add(UInt64(rows), to: self.rows)
    Self.add(UInt64(skipped), to: self.skipped)
  }

  /// Notes how many partitions are received and not answered. For the engine.
  func hold(_ count: Int) { held.store(UInt64(count), ordering: .relaxed) }

  /// Says that nobody wants this incarnation's results any more. For the engine.
  func abandon() { void.store(true, ordering: .relaxed) }

  /// Whether nobody wants this incarnation's results any more.
  var isAbandoned: Bool { void.load(ordering: .relaxed) }

  /// Notes what need not be begun. For the engine.
  func recall(_ recalls: [Recall]) {
    recalled.withLock { $0.add(recalls) }
    hasRecalled.store(true, ordering: .relaxed)
  }

  /// Notes that nothing is held of which anything was called back. For the engine.
  func forgetRecalled() {
    guard hasRecalled.load(ordering: .relaxed) else { return }
    hasRecalled.store(false, ordering: .relaxed)
    recalled.withLock { $0.removeAll() }
  }

  /// Whether an attempt need not be begun.
  func isRecalled(_ index: UInt32, attempt: UInt16) -> Bool {
    hasRecalled.load(ordering: .relaxed)
      && recalled.withLock { $0.contains(index, attempt: attempt) }
  }

  /// Notes that the stage's files are the very same here. For the compute thread.
  func noteFiles() { files.store(true, ordering: .relaxed) }

  /// Whether the stage's files are known to be the very same here.
  var seesFiles: Bool { files.load(ordering: .relaxed) }

  /// Whether the compute thread still is at a partition of an earlier incarnation.
  var isHeldUp: Bool { predecessor?.busy != nil }

  /// The counts of a beat.
  var progress: Beat.Progress {
    Beat.Progress(
      partitions: partitions.load(ordering: .relaxed), bytes: bytes.load(ordering: .relaxed),
      rows: rows.load(ordering: .relaxed), skipped: skipped.load(ordering: .relaxed),
      held: held.load(ordering: .relaxed))
  }

  /// What is under way, or `nil` when nothing is.
  ///
  /// - Parameter now: the present, for the time elapsed; a partition that began after it has taken 0.
  func underWay(at now: Instant) -> Beat.UnderWay? {
    // A partition belongs to a start that was the same before and after it was read.
    for _ in 0..<Self.readAttempts {
      let before = since.load(ordering: .acquiring)
      guard before != Self.idle else { return predecessor?.underWay(at: now) }
      let id = partition.load(ordering: .acquiring)
      guard since.load(ordering: .acquiring) == before else { continue }
      let elapsed = max(0, now.nanoseconds - before)
      return Beat.UnderWay(
        partition: PartitionID(word: id), elapsed: Span(nanoseconds: elapsed))
    }
    return nil
  }

  /// Partitions that follow each other faster than they can be read are not worth telling.
  private static let readAttempts = 8

  private static func add(_ amount: UInt64, to count: borrowing Atomic<UInt64>) {
    count.store(count.load(ordering: .relaxed) &+ amount, ordering: .relaxed)
  }
}

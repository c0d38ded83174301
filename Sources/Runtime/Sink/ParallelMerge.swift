import Dispatch
import Operators
import PipelineCore
import Synchronization

/// Merges partitions' states as a ``MergeTree`` says, several pairs at the same time. Which are merged with
/// which, and in which order each goes, does not depend on that.
final class ParallelMerge: Sendable {
  private typealias Node = MergeTree.Node

  /// What is at a node of the tree.
  private enum Place {
    /// A merge will put it there.
    case awaited
    /// `nil`: none of its partitions has a result.
    case ready((any MergeState)?)
  }

  private struct State {
    var places: [Node: Place] = [:]
    /// Merges that wait for a side, by the result of each side that is awaited.
    var waiting: [Node: MergeTree.Step] = [:]
    var failure: (any Error)?

    /// Both sides of a merge, whose result is awaited from now on; `nil` while one of them is awaited.
    mutating func take(_ step: MergeTree.Step) -> Pair? {
      for side in [step.left, step.right] {
        guard case .awaited = places[side] else { continue }
        waiting[side] = step
        places[step.result] = .awaited
        return nil
      }
      guard case .ready(let left) = places.removeValue(forKey: step.left),
        case .ready(let right) = places.removeValue(forKey: step.right)
      else { preconditionFailure("a merge of states that are not there") }
      places[step.result] = .awaited
      return Pair(left: left, right: right)
    }
  }

  /// `@unchecked Sendable`: a state is used by one merge at a time, and each merge begins after those
  /// that made its two sides have ended.
  private struct Pair: @unchecked Sendable {
    var left: (any MergeState)?
    var right: (any MergeState)?
  }

  /// `@unchecked Sendable`: as ``Pair``.
  private struct Guarded: @unchecked Sendable {
    var state = State()
  }

  private let guarded = Mutex(Guarded())
  private let queue = DispatchQueue(label: "millrace.merge", attributes: .concurrent)
  private let running = DispatchGroup()
  /// Merges that may be asked for and not done yet, which bounds the states that are held.
  private let room: DispatchSemaphore

  /// - Parameter width: about how many merges go on at the same time.
  init(width: Int) {
    precondition(width > 0)
    room = DispatchSemaphore(value: 2 * width)
  }

  /// Puts a partition's state in its place; `nil` when it has none.
  func put(_ state: (any MergeState)?, at node: MergeTree.Node) {
    let pair = Pair(left: state)
    guarded.withLock { $0.state.places[node] = .ready(pair.left) }
  }

  /// Has the merges carried out, after those that make what they merge. Waits while there are too many
  /// to do.
  ///
  /// - Throws: what a merge threw, this one or one before.
  func carryOut(_ steps: [MergeTree.Step]) throws {
    for step in steps {
      room.wait()
      running.enter()
      let pair = try guarded.withLock { guarded throws -> Pair? in
        if let failure = guarded.state.failure {
          room.signal()
          running.leave()
          throw failure
        }
        return guarded.state.take(step)
      }
      if let pair { begin(step, pair) }
    }
  }

  /// Waits for all merges and gives what they made at `node`.
  ///
  /// - Throws: what a merge threw.
  func result(at node: MergeTree.Node?) throws -> (any MergeState)? {
    running.wait()
    return try guarded.withLock { guarded throws -> Pair in
      if let failure = guarded.state.failure { throw failure }
      guard let node, case .ready(let state) = guarded.state.places.removeValue(forKey: node) else {
        return Pair()
      }
      return Pair(left: state)
    }.left
  }

  private func begin(_ step: MergeTree.Step, _ pair: Pair) {
    queue.async { self.merge(step, pair) }
  }

  private func merge(_ step: MergeTree.Step, _ pair: Pair) {
    var failure: (any Error)?
    do {
      if let left = pair.left, let right = pair.right { try left.merge(right) }
    } catch {
      failure = error
    }
    let next = guarded.withLock { guarded -> (MergeTree.Step, Pair)? in
      guarded.state.failure = guarded.state.failure ?? failure
      guarded.state.places[step.result] = .ready(pair.left ?? pair.right)
      guard let step = guarded.state.waiting.removeValue(forKey: step.result) else { return nil }
      return guarded.state.take(step).map { (step, $0) }
    }
    // Begun before this one counts as done, so that nobody sees all of them ended in between.
    if let (step, pair) = next { begin(step, pair) }
    room.signal()
    running.leave()
  }
}

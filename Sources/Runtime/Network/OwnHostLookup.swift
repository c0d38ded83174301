import Dispatch
import Synchronization
import ZeroMQ

/// Finds out this host's address towards another one, anew each time: addresses change. Where the resolver
/// does not know the name, or does not answer in time, the address is that from before: a node that waits
/// can take part in no run meanwhile.
final class OwnHostLookup: Sendable {
  private struct State {
    var last: String?
    /// The question that waits for its answer; there is never more than one.
    var pending: Question?
  }

  private final class Question: Sendable {
    let answered = DispatchGroup()
    let answer = Mutex<Result<String, ZeroMQError>?>(nil)
  }

  private let state = Mutex(State())
  private let resolve: @Sendable (Endpoint) throws(ZeroMQError) -> String

  /// The longest wait where there is an address from before.
  static let patience = DispatchTimeInterval.seconds(1)

  /// - Parameter resolve: tells the address; may take its time.
  init(
    resolve: @escaping @Sendable (Endpoint) throws(ZeroMQError) -> String = {
      (endpoint) throws(ZeroMQError) in try HostAddress.towards(endpoint).endpointHost
    }
  ) {
    self.resolve = resolve
  }

  /// The address that was found last.
  var last: String? { state.withLock { $0.last } }

  /// The address towards `endpoint`, or the one from before where nobody can tell now.
  ///
  /// - Throws: ``ZeroMQError`` when there is none.
  func find(towards endpoint: Endpoint) throws(ZeroMQError) -> String {
    let (question, isNew, last) = state.withLock { state in
      let question = state.pending ?? Question()
      let isNew = state.pending == nil
      state.pending = question
      return (question, isNew, state.last)
    }
    if isNew {
      question.answered.enter()
      DispatchQueue.global().async { self.answer(question, endpoint) }
    }
    if let last {
      guard question.answered.wait(timeout: .now() + Self.patience) == .success else { return last }
    } else {
      question.answered.wait()
    }
    guard let answer = question.answer.withLock({ $0 }) else {
      preconditionFailure("a question that is answered has an answer")
    }
    do {
      return try answer.get()
    } catch {
      guard error.code == .nameNotResolved, let last else { throw error }
      return last
    }
  }

  private func answer(_ question: Question, _ endpoint: Endpoint) {
    let answer: Result<String, ZeroMQError>
    do throws(ZeroMQError) {
      answer = .success(try resolve(endpoint))
    } catch {
      answer = .failure(error)
    }
    question.answer.withLock { $0 = answer }
    state.withLock { state in
      if case .success(let address) = answer { state.last = address }
      state.pending = nil
    }
    question.answered.leave()
  }
}

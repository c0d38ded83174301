/// Clients that are not on the list and have not been told so yet.
///
/// A client of libzmq's that is cut off comes again after its shortest reconnect interval, however
/// often that happened before, and each time costs both sides a handshake. So it is kept waiting
/// for a while, at the end of which, or as soon as the list has changed, it is decided.
struct HeldClients {
  /// How long a client is kept; shorter than any sensible handshake interval.
  static let time: Duration = .milliseconds(500)

  /// The most that are kept at a time; others are cut off at once.
  static let limit = 1_024

  private struct Held {
    let question: ZAPQuestion
    let deadline: MonotonicDeadline
  }

  /// The oldest first, hence in the order of their deadlines.
  private var clients: [Held] = []

  /// Keeps a client; false if there are too many.
  mutating func hold(_ question: ZAPQuestion) -> Bool {
    guard clients.count < Self.limit else { return false }
    clients.append(Held(question: question, deadline: MonotonicDeadline(after: Self.time)))
    return true
  }

  /// The time until the next one is to be let go; nil if there is none.
  var wait: Duration? {
    clients.first.map { $0.deadline.remaining ?? .zero }
  }

  /// Takes out those whose time is over.
  mutating func takeDue() -> [ZAPQuestion] {
    let due = clients.prefix { $0.deadline.remaining == nil }
    guard !due.isEmpty else { return [] }
    let questions = due.map(\.question)
    clients.removeFirst(questions.count)
    return questions
  }

  /// Takes out those that fit.
  mutating func take(where fits: (ZAPQuestion) -> Bool) -> [ZAPQuestion] {
    let questions = clients.map(\.question).filter(fits)
    clients.removeAll { fits($0.question) }
    return questions
  }
}

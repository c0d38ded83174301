import Operators

/// What the workers answered for each SELECT over the input.
final class QueryRows: MergeState {
  /// One for each SELECT, in the query's order.
  let parts: [any MergeState]
  private let failures: SQLFailures

  init(_ parts: [any MergeState], _ failures: SQLFailures) {
    self.parts = parts
    self.failures = failures
  }

  func merge(_ right: any MergeState) throws {
    guard let right = right as? QueryRows, right.parts.count == parts.count else {
      throw OperatorError.otherState
    }
    do {
      for (part, other) in zip(parts, right.parts) { try part.merge(other) }
    } catch let error as EvaluationError {
      throw failures.error(error, recordOffset: nil)
    }
  }
}

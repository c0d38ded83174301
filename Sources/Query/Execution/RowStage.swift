import Columnar

/// Makes rows of rows: each row becomes none, one or several.
protocol RowStage: AnyObject {
  /// The row of the batch that each row of the last answer came from.
  var sources: [Int32] { get }
  /// Begins with the rows of `batch`, which stays valid until the next call.
  func begin(_ batch: Batch) throws(EvaluationError)
  /// The next rows, at most `limit`; `nil` when there are no more. Valid until the next call.
  func next(limit: Int) throws(EvaluationError) -> Batch?
}

package import Columnar
package import Operators

/// What a worker does with the rows of a partition.
package protocol RowConsumer: AnyObject {
  /// Starts with a partition.
  func begin(_ result: inout ResultBuffer)

  /// Takes rows, which are valid during the call only.
  ///
  /// - Returns: whether more rows are wanted.
  func take(_ batch: Batch, _ result: inout ResultBuffer) throws(EvaluationError) -> Bool

  /// Completes the partition's result.
  ///
  /// - Returns: the rows in it, where they are rows of the output.
  func finish(_ result: inout ResultBuffer) -> Int
}

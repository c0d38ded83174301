/// An expression that failed for a record.
struct RowError: Error {
  /// What failed.
  let failure: EvaluationError
  /// Byte offset of the record, counted from the partition's start.
  let recordOffset: Int?
}

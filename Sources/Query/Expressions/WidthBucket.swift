import Columnar

/// PostgreSQL's `width_bucket`.
enum WidthBucket {
  /// The bucket of `value` among `count` of equal width between two bounds: 0 before the first,
  /// `count + 1` behind the last.
  static func bucket(
    _ value: Double, _ first: Double, _ last: Double, _ count: Int32
  ) throws -> Int32 {
    try check(count)
    if value.isNaN || first.isNaN || last.isNaN {
      throw EvaluationError(
        row: 0, "operand, lower bound, and upper bound cannot be NaN")
    }
    if !first.isFinite || !last.isFinite {
      throw EvaluationError(row: 0, "lower and upper bounds must be finite")
    }
    if first == last { throw equalBounds }
    let isAscending = first < last
    if isAscending ? value < first : value > first { return 0 }
    if isAscending ? value >= last : value <= last { return try beyond(count) }
    var (part, whole) = (value - first, last - first)
    if whole.isInfinite { (part, whole) = (value / 2 - first / 2, last / 2 - first / 2) }
    // A quotient that is rounded up to one stays in the last bucket.
    return Int32(min(Double(count) * (part / whole), Double(count) - 1)) + 1
  }

  /// The bucket of an exact number.
  static func bucket(
    _ value: Numeric, _ first: Numeric, _ last: Numeric, _ count: Int32
  ) throws -> Int32 {
    try check(count)
    let order = first.compare(last)
    if order == 0 { throw equalBounds }
    if value.compare(first) * order > 0 { return 0 }
    if value.compare(last) * order <= 0 { return try beyond(count) }
    guard let part = value.subtracting(first)?.multiplied(by: Numeric(count)),
      let whole = last.subtracting(first),
      let index = part.truncatedQuotient(dividingBy: whole)?.int32
    else { throw EvaluationError(row: 0, Kernels.numericOverflow) }
    return index + 1
  }

  private static func check(_ count: Int32) throws {
    guard count > 0 else { throw EvaluationError(row: 0, "count must be greater than zero") }
  }

  private static func beyond(_ count: Int32) throws -> Int32 {
    guard count < Int32.max else { throw EvaluationError(row: 0, "integer out of range") }
    return count + 1
  }

  private static var equalBounds: EvaluationError {
    EvaluationError(row: 0, "lower bound cannot equal upper bound")
  }
}

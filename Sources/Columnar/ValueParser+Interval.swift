extension ValueParser {
  /// A span in PostgreSQL's forms: `1 year 2 mons -3 days 04:05:06.7`, `1-2 3 4:05:06`,
  /// `P1Y2M3DT4H5M6.7S`, `1.5 hours ago`.
  package static func interval(_ text: UnsafePointer<UInt8>, _ length: Int) -> Interval? {
    try? interval(text, length, limit: IntervalLimit())
  }

  /// As ``interval(_:_:)``, read and cut as a type modifier says.
  ///
  /// - Throws: ``IntervalProblem``.
  package static func interval(
    _ text: UnsafePointer<UInt8>, _ length: Int, limit: IntervalLimit
  ) throws(IntervalProblem) -> Interval {
    var sum = IntervalSum()
    do {
      try IntervalFields.read(text, length, limit, into: &sum)
    } catch .format {
      // PostgreSQL too tries this form last.
      sum = IntervalSum()
      try IntervalDesignators.read(text, length, into: &sum)
    }
    guard let interval = sum.interval?.limited(to: limit) else {
      throw IntervalProblem.total
    }
    return interval
  }
}

/// Why a text is no interval.
package enum IntervalProblem: Error, Equatable {
  /// It has none of the forms.
  case format
  /// A field is too large.
  case field
  /// The sum of the fields is too large.
  case total
}

import Columnar

extension Kernels {
  static let intervalOutOfRange = "interval out of range"
  static let timestampOutOfRange = "timestamp out of range"

  /// The kernel of `+` or `-` on two intervals.
  static func intervalArithmetic(_ function: Function) -> KernelRecipe? {
    switch function {
    case .add:
      binary(intervalOutOfRange) { (left: Interval, right: Interval) in left.adding(right) }
    case .subtract:
      binary(intervalOutOfRange) { (left: Interval, right: Interval) in left.subtracting(right) }
    default: nil
    }
  }

  /// The kernel of a function of intervals.
  ///
  /// - Throws: ``SQLError`` for a field that intervals do not have.
  static func intervals(
    _ function: Function, _ arguments: [ExpressionNode], _ type: ColumnType
  ) throws(SQLError) -> KernelRecipe? {
    switch (function, arguments.map(\.type), type) {
    case (.addInterval, [.date, .interval], .timestamp):
      return binary(timestampOutOfRange) { (date: Int32, span: Interval) in
        Calendar.timestamp(date).flatMap { Calendar.adding(span, to: $0) }
      }
    case (.subtractInterval, [.date, .interval], .timestamp):
      return binary(timestampOutOfRange) { (date: Int32, span: Interval) in
        Calendar.timestamp(date).flatMap { Calendar.subtracting(span, from: $0) }
      }
    case (.addInterval, [.timestamp, .interval], .timestamp),
      (.addInterval, [.timestamptz, .interval], .timestamptz):
      return binary(timestampOutOfRange) { (time: Int64, span: Interval) in
        Calendar.adding(span, to: time)
      }
    case (.subtractInterval, [.timestamp, .interval], .timestamp),
      (.subtractInterval, [.timestamptz, .interval], .timestamptz):
      return binary(timestampOutOfRange) { (time: Int64, span: Interval) in
        Calendar.subtracting(span, from: time)
      }
    case (.timeBetween, [.timestamp, .timestamp], .interval),
      (.timeBetween, [.timestamptz, .timestamptz], .interval):
      return binary(intervalOutOfRange) { (left: Int64, right: Int64) in
        Calendar.interval(from: right, to: left)
      }
    case (.age, [.timestamp, .timestamp], .interval),
      (.age, [.timestamptz, .timestamptz], .interval):
      return binary(intervalOutOfRange) { (left: Int64, right: Int64) in
        Calendar.age(from: right, to: left)
      }
    case (.multiplyInterval, [.interval, .double], .interval):
      return binary(intervalOutOfRange) { (span: Interval, factor: Double) in
        span.multiplied(by: factor)
      }
    case (.divideInterval, [.interval, .double], .interval): return intervalDivision
    case (.justifyHours, [.interval], .interval): return unary { $0.withJustifiedHours }
    case (.justifyDays, [.interval], .interval): return unary { $0.withJustifiedDays }
    case (.justifyInterval, [.interval], .interval): return unary { $0.justified }
    case (.limitInterval, [.interval, .integer, .integer], .interval):
      let limit = try intervalLimit(arguments)
      return unary { $0.limited(to: limit) }
    case (.dateTrunc, [.text, .interval], .interval):
      let field = try field(arguments[0])
      guard Interval.zero.truncated(to: field) != nil else { throw notOfIntervals(field) }
      return .strict { call throws(EvaluationError) in
        let input = call.values(1, Interval.self)
        let output = call.result.values(as: Interval.self)
        try call.forEachValid { row in output[row] = input[row].truncated(to: field) ?? .zero }
      }
    case (.extract, [.text, .interval], .numeric):
      let field = try field(arguments[0])
      guard Interval.zero.extract(field) != nil else { throw notOfIntervals(field) }
      return .strict { call throws(EvaluationError) in
        let input = call.values(1, Interval.self)
        let output = call.result.values(as: Numeric.self)
        try call.forEachValid { row in output[row] = input[row].extract(field) ?? .zero }
      }
    case (.makeInterval, _, .interval): return arguments.count == 7 ? intervalMaking : nil
    default: return nil
    }
  }

  /// The kernel of `-` on an interval.
  static var intervalNegation: KernelRecipe { unary { $0.negated } }

  private static func unary(_ apply: @escaping (Interval) -> Interval?) -> KernelRecipe {
    .strict { call throws(EvaluationError) in try call.mapValid(intervalOutOfRange, apply) }
  }

  @inline(__always)
  static func binary<Left: BitwiseCopyable, Right: BitwiseCopyable, Output: BitwiseCopyable>(
    _ message: String, _ apply: @escaping (Left, Right) -> Output?
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in try call.mapValid(message, apply) }
  }

  private static func notOfIntervals(_ field: CalendarField) -> SQLError {
    SQLError(position: nil, "unit \"\(field.rawValue)\" not supported for type interval")
  }

  private static func intervalLimit(
    _ arguments: [ExpressionNode]
  ) throws(SQLError) -> IntervalLimit {
    guard let range = arguments[1] as? ConstantNode, let decimals = arguments[2] as? ConstantNode,
      !range.isNull, !decimals.isNull
    else { throw SQLError(position: nil, "a type modifier must be a constant") }
    return IntervalLimit(
      range: Int(range.value(as: Int32.self)), decimals: Int(decimals.value(as: Int32.self)))
  }

  private static var intervalDivision: KernelRecipe {
    .strict { call throws(EvaluationError) in
      let spans = call.values(0, Interval.self)
      let divisors = call.values(1, Double.self)
      let output = call.result.values(as: Interval.self)
      try call.forEachValid { row in
        guard divisors[row] != 0 else { throw EvaluationError(row: row, divisionByZero) }
        guard let span = spans[row].divided(by: divisors[row]) else {
          throw EvaluationError(row: row, intervalOutOfRange)
        }
        output[row] = span
      }
    }
  }

  /// `make_interval` of years, months, weeks, days, hours, minutes and seconds.
  private static var intervalMaking: KernelRecipe {
    .strict { call throws(EvaluationError) in
      let seconds = call.values(6, Double.self)
      let output = call.result.values(as: Interval.self)
      try call.forEachValid { row in
        let parts = (0..<6).map { Int64(call.values($0, Int32.self)[row]) }
        let below = (seconds[row] * 1_000_000).rounded(.toNearestOrEven)
        guard let months = Int32(exactly: parts[0] * 12 + parts[1]),
          let days = Int32(exactly: parts[2] * 7 + parts[3]), let below = Int64(exactly: below)
        else { throw EvaluationError(row: row, intervalOutOfRange) }
        // Below 2^63: 2^31 hours and 2^31 minutes.
        let time = parts[4] * 3_600_000_000 + parts[5] * 60_000_000
        let (sum, overflow) = time.addingReportingOverflow(below)
        if overflow { throw EvaluationError(row: row, intervalOutOfRange) }
        output[row] = Interval(months: months, days: days, microseconds: sum)
      }
    }
  }
}

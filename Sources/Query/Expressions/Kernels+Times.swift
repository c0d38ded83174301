import Columnar

extension Kernels {
  /// The kernel of a function that makes, moves or compares dates and times.
  ///
  /// - Throws: ``SQLError`` for a constant zone that is not one.
  static func times(
    _ function: Function, _ arguments: [ExpressionNode], _ type: ColumnType
  ) throws(SQLError) -> KernelRecipe? {
    switch (function, arguments.map(\.type), type) {
    case (.isFinite, [.date], .boolean), (.isFinite, [.timestamp], .boolean),
      (.isFinite, [.timestamptz], .boolean), (.isFinite, [.interval], .boolean):
      // There is no infinity here.
      return .strict { call in
        call.result.values(as: UInt8.self).update(repeating: 1, count: call.count)
      }
    case (.overlaps, [.timestamp, .timestamp, .timestamp, .timestamp], .boolean),
      (.overlaps, [.timestamptz, .timestamptz, .timestamptz, .timestamptz], .boolean):
      return overlaps
    case (.dateBin, [.interval, .timestamp, .timestamp], .timestamp),
      (.dateBin, [.interval, .timestamptz, .timestamptz], .timestamptz):
      return dateBin
    case (.timestampOfEpoch, [.double], .timestamptz): return timestampOfEpoch
    case (.roundTime, [.timestamp, .integer], .timestamp),
      (.roundTime, [.timestamptz, .integer], .timestamptz):
      return binary(timestampOutOfRange) { (time: Int64, decimals: Int32) in
        Calendar.rounded(timestamp: time, toDecimals: Int(decimals))
      }
    case (.makeTimestamp, _, .timestamp), (.makeTimestamp, _, .timestamptz):
      return try makeTimestamp(arguments)
    case (.atZone, [.text, .timestamp], .timestamptz),
      (.atZone, [.interval, .timestamp], .timestamptz):
      let zone = try Zone(arguments[0], reading: ZoneOffset.posix)
      return moving { row, call throws(EvaluationError) in -(try zone.offset(call, 0, row)) }
    case (.atZone, [.text, .timestamptz], .timestamp),
      (.atZone, [.interval, .timestamptz], .timestamp):
      let zone = try Zone(arguments[0], reading: ZoneOffset.posix)
      return moving { row, call throws(EvaluationError) in try zone.offset(call, 0, row) }
    case (.dateTrunc, [.text, .timestamptz, .text], .timestamptz):
      let field = try field(arguments[0])
      let zone = try Zone(arguments[2], reading: ZoneOffset.posix)
      return .strict { call throws(EvaluationError) in
        let input = call.values(1, Int64.self)
        let output = call.result.values(as: Int64.self)
        try call.forEachValid { row in
          let seconds = Int(try zone.offset(call, 2, row) / 1_000_000)
          guard let value = Calendar.truncate(input[row], to: field, zone: seconds) else {
            throw EvaluationError(row: row, timestampOutOfRange)
          }
          output[row] = value
        }
      }
    default: return nil
    }
  }

  /// Moves the second argument by so many microseconds.
  private static func moving(
    _ offset: @escaping (Int, KernelCall) throws(EvaluationError) -> Int64
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let input = call.values(1, Int64.self)
      let output = call.result.values(as: Int64.self)
      try call.forEachValid { row in
        let (sum, overflow) = input[row].addingReportingOverflow(try offset(row, call))
        guard !overflow, Calendar.timestamps.contains(sum) else {
          throw EvaluationError(row: row, timestampOutOfRange)
        }
        output[row] = sum
      }
    }
  }

  private static var dateBin: KernelRecipe {
    .strict { call throws(EvaluationError) in
      let strides = call.values(0, Interval.self)
      let times = call.values(1, Int64.self)
      let origins = call.values(2, Int64.self)
      let output = call.result.values(as: Int64.self)
      try call.forEachValid { row in
        guard strides[row].months == 0 else {
          throw EvaluationError(
            row: row, "timestamps cannot be binned into intervals containing months or years")
        }
        guard let stride = Int64(exactly: strides[row].span) else {
          throw EvaluationError(row: row, intervalOutOfRange)
        }
        guard stride > 0 else {
          throw EvaluationError(row: row, "stride must be greater than zero")
        }
        guard let start = Calendar.bin(times[row], stride: stride, origin: origins[row]) else {
          throw EvaluationError(row: row, timestampOutOfRange)
        }
        output[row] = start
      }
    }
  }

  private static var timestampOfEpoch: KernelRecipe {
    .strict { call throws(EvaluationError) in
      let input = call.values(0, Double.self)
      let output = call.result.values(as: Int64.self)
      try call.forEachValid { row in
        guard !input[row].isNaN else {
          throw EvaluationError(row: row, "timestamp cannot be NaN")
        }
        guard let value = Calendar.timestamp(epoch: input[row]) else {
          throw EvaluationError(row: row, timestampOutOfRange)
        }
        output[row] = value
      }
    }
  }

  /// `make_timestamp` and `make_timestamptz`: year, month, day, hour, minute, seconds and for the
  /// latter perhaps a zone.
  private static func makeTimestamp(
    _ arguments: [ExpressionNode]
  ) throws(SQLError) -> KernelRecipe? {
    guard (6...7).contains(arguments.count) else { return nil }
    let zone = arguments.count == 7 ? try Zone(arguments[6], reading: ZoneOffset.signed) : nil
    return .strict { call throws(EvaluationError) in
      let seconds = call.values(5, Double.self)
      let output = call.result.values(as: Int64.self)
      try call.forEachValid { row in
        let parts = (0..<5).map { Int(call.values($0, Int32.self)[row]) }
        let day = try makeDay(parts[0], parts[1], parts[2], row)
        guard let time = Calendar.time(hour: parts[3], minute: parts[4], second: seconds[row])
        else {
          throw EvaluationError(
            row: row,
            "time field value out of range: \(parts[3]):\(padded(parts[4])):\(seconds[row])")
        }
        let offset = try zone?.offset(call, 6, row) ?? 0
        guard let value = Calendar.timestamp(day, time - offset) else {
          throw EvaluationError(row: row, timestampOutOfRange)
        }
        output[row] = value
      }
    }
  }

  /// A day as `make_date` makes it: years below zero are BC and there is no year 0.
  static func makeDay(
    _ year: Int, _ month: Int, _ day: Int, _ row: Int
  ) throws(EvaluationError) -> Int32 {
    let astronomical = year < 0 ? year + 1 : year
    guard year != 0, let days = Calendar.days(year: astronomical, month: month, day: day) else {
      throw EvaluationError(
        row: row, "date field value out of range: \(year)-\(padded(month))-\(padded(day))")
    }
    return days
  }

  private static func padded(_ value: Int) -> String {
    (0..<10).contains(value) ? "0\(value)" : "\(value)"
  }

  private static var overlaps: KernelRecipe {
    .nonStrict { call in
      let output = call.result.values(as: UInt8.self)
      func value(_ index: Int, _ row: Int) -> Int64? {
        call.inputs[index].isNull(row) ? nil : call.values(index, Int64.self)[row]
      }
      for row in 0..<call.count {
        let result = overlap(
          (value(0, row), value(1, row)), (value(2, row), value(3, row)))
        output[row] = result == true ? 1 : 0
        if result == nil { call.result.setNull(row) }
      }
    }
  }

  /// OVERLAPS of two spans, each between two ends of any order that may be unknown; `nil` when it
  /// cannot be told.
  private static func overlap(
    _ first: (Int64?, Int64?), _ second: (Int64?, Int64?)
  ) -> Bool? {
    guard let first = Ends(first), let second = Ends(second) else { return nil }
    if first.start == second.start {
      return first.end == nil || second.end == nil ? nil : true
    }
    let (earlier, later) = first.start < second.start ? (first, second) : (second, first)
    guard let end = earlier.end else { return nil }
    if later.start < end { return true }
    return later.end == nil ? nil : false
  }

  /// A span with the lesser or only known end first.
  private struct Ends {
    var start: Int64
    var end: Int64?

    init?(_ ends: (Int64?, Int64?)) {
      switch ends {
      case (let first?, let second?): (start, end) = (min(first, second), max(first, second))
      case (let only?, nil), (nil, let only?): (start, end) = (only, nil)
      case (nil, nil): return nil
      }
    }
  }
}

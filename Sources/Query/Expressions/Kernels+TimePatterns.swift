import Columnar

extension Kernels {
  /// The kernel of `to_char`, `to_date` or `to_timestamp` with a pattern.
  ///
  /// - Throws: ``SQLError`` for an element of a constant pattern that there is not.
  static func timePatterns(
    _ function: Function, _ arguments: [ExpressionNode], _ type: ColumnType
  ) throws(SQLError) -> KernelRecipe? {
    switch (function, arguments.map(\.type), type) {
    case (.formatTime, [.timestamp, .text], .text):
      return try writing(arguments[1], .writing, Int64.self) {
        TimeParts(timestamp: $0, hasZone: false)
      }
    case (.formatTime, [.timestamptz, .text], .text):
      return try writing(arguments[1], .writing, Int64.self) {
        TimeParts(timestamp: $0, hasZone: true)
      }
    case (.formatTime, [.interval, .text], .text):
      return try writing(arguments[1], .writingInterval, Interval.self) { TimeParts($0) }
    case (.parseTime, [.text, .text], .date):
      return try reading(arguments[1], Int32.self) { text, reading throws(EvaluationError) in
        let day = try reading.dayAndTime(text).day
        guard let days = Int32(exactly: day), isDate(days) else {
          throw EvaluationError(row: 0, "date out of range: \"\(text.string)\"")
        }
        return days
      }
    case (.parseTime, [.text, .text], .timestamptz):
      return try reading(arguments[1], Int64.self) { text, reading throws(EvaluationError) in
        let (day, time) = try reading.dayAndTime(text)
        let zone = Int64(try reading.zone(text) ?? 0) * 1_000_000
        guard let days = Int32(exactly: day), let value = Calendar.timestamp(days, time - zone)
        else { throw EvaluationError(row: 0, timestampOutOfRange) }
        return value
      }
    default: return nil
    }
  }

  private static func writing<Value: BitwiseCopyable>(
    _ pattern: ExpressionNode, _ use: TimePattern.Use, _: Value.Type,
    _ parts: @escaping (Value) -> TimeParts
  ) throws(SQLError) -> KernelRecipe {
    let patterns = try TimePatterns(pattern, use)
    return .strict { call throws(EvaluationError) in
      let input = call.values(0, Value.self)
      let output = call.result.values(as: StringView.self)
      var text: [UInt8] = []
      try call.forEachValid { row in
        let pattern = try patterns.pattern(call, row)
        text.removeAll(keepingCapacity: true)
        pattern.write(parts(input[row]), to: &text)
        guard text.count <= TextBuilder.largest else {
          throw EvaluationError(row: row, "requested length too large: a text has at most 1 GiB")
        }
        if call.values(1, StringView.self)[row].length == 0 {
          // PostgreSQL's answer to an empty pattern.
          call.result.setNull(row)
        } else {
          output[row] = text.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else { return .empty }
            return StringView(start: call.arena.copy(start, bytes.count), length: bytes.count)
          }
        }
      }
    }
  }

  private static func reading<Value: BitwiseCopyable>(
    _ pattern: ExpressionNode, _: Value.Type,
    _ value: @escaping (StringView, TimeReading) throws(EvaluationError) -> Value
  ) throws(SQLError) -> KernelRecipe {
    let patterns = try TimePatterns(pattern, .reading)
    return .strict { call throws(EvaluationError) in
      let input = call.values(0, StringView.self)
      let output = call.result.values(as: Value.self)
      try call.forEachValid { row in
        let reading = try TimeReader.read(input[row], by: try patterns.pattern(call, row))
        output[row] = try value(input[row], reading)
      }
    }
  }
}

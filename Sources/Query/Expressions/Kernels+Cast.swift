import Columnar

extension Kernels {
  /// The kernel of a conversion, or `nil` when PostgreSQL has none either.
  static func cast(from: ColumnType, to: ColumnType) -> KernelRecipe? {
    switch (from, to) {
    case (.text, _): parsing(to)
    case (_, .text): formatting(from)
    case (.boolean, .integer): .strict { call in call.map { (value: UInt8) in Int32(value) } }
    case (.integer, .boolean):
      .strict { call in call.map { (value: Int32) -> UInt8 in value == 0 ? 0 : 1 } }
    case (.integer, .bigint): .strict { call in call.map { (value: Int32) in Int64(value) } }
    case (.integer, .double): .strict { call in call.map { (value: Int32) in Double(value) } }
    case (.integer, .numeric): .strict { call in call.map { (value: Int32) in Numeric(value) } }
    case (.bigint, .integer):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("integer out of range") { (value: Int64) in
          (Int32(truncatingIfNeeded: value), value != Int64(Int32(truncatingIfNeeded: value)))
        }
      }
    case (.bigint, .double): .strict { call in call.map { (value: Int64) in Double(value) } }
    case (.bigint, .numeric): .strict { call in call.map { (value: Int64) in Numeric(value) } }
    case (.double, .integer):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("integer out of range") { (value: Double) in
          let whole = Int32(exactly: value.rounded(.toNearestOrEven))
          return (whole ?? 0, whole == nil)
        }
      }
    case (.double, .bigint):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("bigint out of range") { (value: Double) in
          let whole = Int64(exactly: value.rounded(.toNearestOrEven))
          return (whole ?? 0, whole == nil)
        }
      }
    case (.double, .numeric):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("double precision value does not fit numeric") { (value: Double) in
          let number = Numeric(value)
          return (number ?? .zero, number == nil)
        }
      }
    case (.numeric, .integer):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("integer out of range") { (value: Numeric) in
          (value.int32 ?? 0, value.int32 == nil)
        }
      }
    case (.numeric, .bigint):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("bigint out of range") { (value: Numeric) in
          (value.int64 ?? 0, value.int64 == nil)
        }
      }
    case (.numeric, .double): .strict { call in call.map { (value: Numeric) in value.double } }
    case (.date, .timestamp), (.date, .timestamptz):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("date out of range for timestamp") { (value: Int32) in
          let midnight = Calendar.timestamp(value)
          return (midnight ?? 0, midnight == nil)
        }
      }
    case (.timestamp, .date), (.timestamptz, .date):
      .strict { call in call.map { (value: Int64) in Calendar.split(value).days } }
    case (.timestamp, .timestamptz), (.timestamptz, .timestamp):
      .strict { call in call.map { (value: Int64) in value } }
    default: nil
    }
  }

  private static func formatting(_ type: ColumnType) -> KernelRecipe {
    switch type {
    case .boolean: formatting(UInt8.self) { ValueFormatter.write($0 != 0, to: $1) }
    case .integer: formatting(Int32.self) { ValueFormatter.write($0, to: $1) }
    case .bigint: formatting(Int64.self) { ValueFormatter.write($0, to: $1) }
    case .double: formatting(Double.self) { ValueFormatter.write($0, to: $1) }
    case .numeric: formatting(Numeric.self) { ValueFormatter.write($0, to: $1) }
    case .date: formatting(Int32.self) { ValueFormatter.write(date: $0, to: $1) }
    case .timestamp: formatting(Int64.self) { ValueFormatter.write(timestamp: $0, to: $1) }
    case .timestamptz: formatting(Int64.self) { ValueFormatter.write(timestamptz: $0, to: $1) }
    case .interval: formatting(Interval.self) { ValueFormatter.write($0, to: $1) }
    case .text: texts { call, row in call.text(0, row) }
    }
  }

  @inline(__always)
  private static func formatting<Value: BitwiseCopyable>(
    _: Value.Type, _ write: @escaping (Value, UnsafeMutablePointer<UInt8>) -> Int
  ) -> KernelRecipe {
    texts { call, row in
      let place = call.arena.allocate(ValueFormatter.maximumLength)
      let length = write(call.values(0, Value.self)[row], place)
      return StringView(start: place, length: length)
    }
  }

  private static func parsing(_ type: ColumnType) -> KernelRecipe {
    switch type {
    case .boolean: parsing(type) { ValueParser.boolean($0, $1).map { $0 ? 1 : 0 as UInt8 } }
    case .integer: parsing(type) { ValueParser.integer($0, $1) }
    case .bigint: parsing(type) { ValueParser.bigint($0, $1) }
    case .double: parsing(type) { ValueParser.double($0, $1) }
    case .numeric: parsing(type) { ValueParser.numeric($0, $1) }
    case .date: parsing(type) { ValueParser.dayOfTime($0, $1) }
    case .timestamp: parsing(type) { ValueParser.timestamp($0, $1) }
    case .timestamptz: parsing(type) { ValueParser.timestamptz($0, $1) }
    case .interval: parsing(type) { ValueParser.interval($0, $1) }
    case .text: texts { call, row in call.text(0, row) }
    }
  }

  @inline(__always)
  private static func parsing<Value: BitwiseCopyable>(
    _ type: ColumnType, _ parse: @escaping (UnsafePointer<UInt8>, Int) -> Value?
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let input = call.values(0, StringView.self)
      let output = call.result.values(as: Value.self)
      try call.forEachValid { row in
        guard let value = parse(input[row].start, Int(input[row].length)) else {
          throw EvaluationError(row: row, parseFailure(input[row], type))
        }
        output[row] = value
      }
    }
  }

  /// PostgreSQL's words for a text that is no value of the type.
  private static func parseFailure(_ text: StringView, _ type: ColumnType) -> String {
    let shown = text.part(0..<text.offset(afterScalars: 60))
    let quoted = "\"\(shown.string)\(shown.length < text.length ? "…" : "")\""
    if type == .interval, let problem = intervalProblem(text) {
      return problem.message(quoted)
    }
    if isDayOutOfRange(text.string, type) {
      return "date/time field value out of range: \(quoted)"
    }
    let looksRight =
      switch type {
      case .integer, .bigint: isNumber(text, alsoWith: "")
      case .double, .numeric: isNumber(text, alsoWith: ".eE+-")
      default: false
      }
    return looksRight
      ? "value \(quoted) is out of range for type \(type.name)"
      : "invalid input syntax for type \(type.name): \(quoted)"
  }

  /// Whether a text would be a time were its day one of the calendar.
  static func isDayOutOfRange(_ text: String, _ type: ColumnType) -> Bool {
    guard type == .date || type == .timestamp || type == .timestamptz else { return false }
    let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    guard let day = parts.first else { return false }
    let numbers = day.split(separator: "-", omittingEmptySubsequences: false)
    guard numbers.count == 3, numbers.allSatisfy({ UInt32($0) != nil }) else { return false }
    let rest = parts.count > 1 ? " " + parts[1] : ""
    return Literal(parsing: "2000-01-01" + rest, as: type) != nil
  }

  private static func intervalProblem(_ text: StringView) -> IntervalProblem? {
    do throws(IntervalProblem) {
      _ = try ValueParser.interval(text.start, Int(text.length), limit: IntervalLimit())
      return nil
    } catch {
      return error
    }
  }

  /// Whether the text is made of digits, after an optional sign, and of characters of `others`.
  private static func isNumber(_ text: StringView, alsoWith others: StaticString) -> Bool {
    var digits = text.string.utf8.drop { $0 == 0x20 }
    while digits.last == 0x20 { digits.removeLast() }
    if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") {
      digits.removeFirst()
    }
    guard let first = digits.first, first &- 0x30 < 10 else { return false }
    return digits.allSatisfy { byte in
      byte &- 0x30 < 10 || others.withUTF8Buffer { $0.contains(byte) }
    }
  }
}

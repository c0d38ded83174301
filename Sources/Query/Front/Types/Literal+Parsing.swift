import Columnar

extension Literal {
  /// The value of type `type` that `text` writes, or `nil` when it writes none.
  init?(parsing text: String, as type: ColumnType) {
    if type == .text {
      self = .text(text)
      return
    }
    var text = text
    let parsed = text.withUTF8 { bytes -> Literal? in
      guard let start = bytes.baseAddress, !bytes.isEmpty else { return nil }
      return Self.parse(start, bytes.count, as: type)
    }
    guard let parsed else { return nil }
    self = parsed
  }

  private static func parse(
    _ start: UnsafePointer<UInt8>, _ count: Int, as type: ColumnType
  ) -> Literal? {
    switch type {
    case .boolean: ValueParser.boolean(start, count).map { .boolean($0) }
    case .integer: ValueParser.integer(start, count).map { .integer(Int64($0)) }
    case .bigint: ValueParser.bigint(start, count).map { .integer($0) }
    case .double: ValueParser.double(start, count).map { .double($0) }
    case .numeric:
      ValueParser.numeric(start, count).map {
        .numeric(coefficient: $0.coefficient, scale: $0.scale)
      }
    case .text: nil
    case .date: ValueParser.dayOfTime(start, count).map { .integer(Int64($0)) }
    case .timestamp: ValueParser.timestamp(start, count).map { .integer($0) }
    case .timestamptz: ValueParser.timestamptz(start, count).map { .integer($0) }
    case .interval: ValueParser.interval(start, count).map { .interval($0) }
    }
  }

  /// How a constant of the type is written, for errors.
  static func example(of type: ColumnType) -> String {
    switch type {
    case .boolean: "true or false"
    case .integer, .bigint: "a whole number such as 42"
    case .double, .numeric: "a number such as 1.5"
    case .text: "text"
    case .date: "a day such as 2013-01-31"
    case .timestamp, .timestamptz: "a time such as 2013-01-31 18:30:00"
    case .interval: "a span such as 1 day 02:30:00"
    }
  }
}

import Columnar

/// A vector of `type` with these texts as its values; `nil` is NULL.
func vector(_ type: ColumnType, _ texts: [String?]) -> ColumnVector {
  let vector = ColumnVector(type: type, capacity: 1)
  for text in texts {
    guard let text else {
      vector.appendNull()
      continue
    }
    let isRead: Bool =
      switch type {
      case .boolean: append(parsed(text, ValueParser.boolean), vector)
      case .integer: append(parsed(text, ValueParser.integer), vector)
      case .bigint: append(parsed(text, ValueParser.bigint), vector)
      case .double: append(parsed(text, ValueParser.double), vector)
      case .numeric: append(parsed(text, ValueParser.numeric), vector)
      case .date: append(parsed(text, ValueParser.date), vector)
      case .timestamp: append(parsed(text, ValueParser.timestamp), vector)
      case .timestamptz: append(parsed(text, ValueParser.timestamptz), vector)
      case .interval: append(parsed(text, { ValueParser.interval($0, $1) }), vector)
      case .text:
        {
          vector.append(text: text); return true
        }()
      }
    precondition(isRead, "'\(text)' is not a \(type.name)")
  }
  return vector
}

private func append<Value: BitwiseCopyable>(_ value: Value?, _ vector: ColumnVector) -> Bool {
  guard let value else { return false }
  vector.append(value)
  return true
}

/// The values as texts; `nil` is NULL.
func texts(_ vector: ColumnVector) -> [String?] {
  (0..<vector.count).map { row in
    if vector.isNull(row) { return nil }
    return switch vector.type {
    case .boolean: written { ValueFormatter.write(vector.values(as: UInt8.self)[row] == 1, to: $0) }
    case .integer: written { ValueFormatter.write(vector.values(as: Int32.self)[row], to: $0) }
    case .bigint: written { ValueFormatter.write(vector.values(as: Int64.self)[row], to: $0) }
    case .double: written { ValueFormatter.write(vector.values(as: Double.self)[row], to: $0) }
    case .numeric: written { ValueFormatter.write(vector.values(as: Numeric.self)[row], to: $0) }
    case .text: vector.values(as: StringView.self)[row].string
    case .date: written { ValueFormatter.write(date: vector.values(as: Int32.self)[row], to: $0) }
    case .timestamp:
      written { ValueFormatter.write(timestamp: vector.values(as: Int64.self)[row], to: $0) }
    case .interval: written { ValueFormatter.write(vector.values(as: Interval.self)[row], to: $0) }
    case .timestamptz:
      written { ValueFormatter.write(timestamptz: vector.values(as: Int64.self)[row], to: $0) }
    }
  }
}

/// For each type, values in ascending order with NULL last, some of which repeat.
let samples: [(type: ColumnType, texts: [String?])] = [
  (.boolean, ["false", "false", "true", nil]),
  (.integer, ["-2147483648", "-1", "0", "7", "7", "2147483647", nil, nil]),
  (.bigint, ["-9223372036854775808", "-1", "0", "1", "9223372036854775807", nil]),
  (.double, ["-Infinity", "-1.5", "0", "1e-300", "2.5", "2.5", "Infinity", "NaN", "NaN", nil]),
  (.numeric, ["-99999999999999999999999999999999999999", "-0.1", "0.00", "1.0", "2.55", nil]),
  (.text, ["", "a", "a b", "abcd", "abcde", "abcdf and more", "é", "日本語 text", nil]),
  (.date, ["0001-01-01", "1969-12-31", "2013-01-31", nil]),
  (.timestamp, ["1969-12-31 23:59:59.999999", "2013-01-31 10:00:00", nil]),
  (
    .interval,
    [
      "-178956970 years -8 mons", "-1 days", "-00:00:00.000001", "00:00:00", "23:59:59", "1 day",
      "1 day", "1 mon", "1 mon 00:00:00.000001",
      "178956970 years 7 mons 2147483647 days 2562047788:00:54.775807", nil,
    ]
  ),
  (.timestamptz, ["1969-12-31 23:59:59.999999+00", "2013-01-31 10:00:00+00", nil]),
]

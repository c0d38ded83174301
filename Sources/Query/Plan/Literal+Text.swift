import Columnar

extension Literal {
  /// The constant as SQL; for people, not for parsing.
  func sql(as type: ColumnType) -> String {
    switch self {
    case .null: "NULL"
    case .boolean(let value): value ? "true" : "false"
    case .double(let value): Self.text { ValueFormatter.write(value, to: $0) }
    case .numeric(let coefficient, let scale):
      Self.text {
        ValueFormatter.write(Numeric(coefficient: coefficient, scale: scale), to: $0)
      }
    case .text(let text): Self.quoted(text)
    case .interval(let value): Self.quoted("\(value)")
    case .integer(let value):
      switch type {
      case .date:
        Int32(exactly: value).map { days in
          Self.quoted(Self.text { ValueFormatter.write(date: days, to: $0) })
        } ?? "\(value)"
      case .timestamp: Self.quoted(Self.text { ValueFormatter.write(timestamp: value, to: $0) })
      case .timestamptz:
        Self.quoted(Self.text { ValueFormatter.write(timestamptz: value, to: $0) })
      default: "\(value)"
      }
    }
  }

  private static func text(_ write: (UnsafeMutablePointer<UInt8>) -> Int) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ValueFormatter.maximumLength) {
      bytes in
      guard let start = bytes.baseAddress else { return "" }
      return String(decoding: bytes.prefix(write(start)), as: UTF8.self)
    }
  }

  private static func quoted(_ text: String) -> String {
    "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
  }
}

import Columnar

@testable import Query

extension ColumnVector {
  /// A vector of these values.
  static func of(_ values: [Value], _ type: ColumnType) -> ColumnVector {
    do {
      return try ColumnVector(literals: values.map(\.literal), type: type)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// The value in `row`.
  func value(_ row: Int) -> Value {
    if isNull(row) { return .null }
    return switch type {
    case .boolean: .boolean(values(as: UInt8.self)[row] != 0)
    case .integer, .date: .integer(Int64(values(as: Int32.self)[row]))
    case .bigint, .timestamp, .timestamptz: .integer(values(as: Int64.self)[row])
    case .double: .double(values(as: Double.self)[row])
    case .numeric: .numeric(values(as: Numeric.self)[row])
    case .text: .text(values(as: StringView.self)[row].string)
    case .interval: .interval(values(as: Interval.self)[row])
    }
  }

  /// All values.
  var allValues: [Value] { (0..<count).map(value) }
}

extension Batch {
  /// The rows, each as its values.
  var rows: [[Value]] { (0..<count).map { row in columns.map { $0.value(row) } } }
}

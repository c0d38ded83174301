import Foundation

/// Results as the files of SQL tests write them.
package struct ResultLines: Sendable {
  private let types: [Character]
  private let rows: [[String]]
  private let sort: LogicRecord.Sort

  /// The lines of an answer, whose columns are as many as there are types.
  package init(_ answer: QueryAnswer, types: [Character], sort: LogicRecord.Sort) {
    self.types = types
    self.sort = sort
    let rows = answer.rows.map { row in zip(row, types).map { Self.shown($0, as: $1) } }
    switch sort {
    case .nosort: self.rows = rows
    case .rowsort: self.rows = rows.sorted { Self.isBefore($0, $1) }
    case .valuesort:
      self.rows = rows.flatMap { $0 }.sorted { Self.isBefore([$0], [$1]) }.map { [$0] }
    }
  }

  /// All values, one after the other.
  package var values: [String] { rows.flatMap { $0 } }

  /// One line for each row, values between tabs.
  package var rowLines: [String] { rows.map { $0.joined(separator: "\t") } }

  /// The line that stands for a large result.
  package var hashLine: String {
    let text = values.map { $0 + "\n" }.joined()
    return "\(values.count) values hashing to \(MD5.hexadecimal(Array(text.utf8)))"
  }

  /// Whether these are the lines of a file.
  package func isGiven(by expected: [String]) -> Bool {
    if expected.count == 1, expected[0].contains(" values hashing to ") {
      return expected[0] == hashLine
    }
    let isByRow = types.count > 1 && expected.contains { $0.contains("\t") }
    return isByRow ? expected == rowLines : expected == values
  }

  /// The lines to write: by row where there are several columns.
  package func written(hashThreshold: Int) -> [String] {
    if hashThreshold > 0, values.count > hashThreshold { return [hashLine] }
    return sort != .valuesort && types.count > 1 ? rowLines : values
  }

  private static func shown(_ value: String?, as type: Character) -> String {
    guard let value else { return "NULL" }
    switch type {
    case "I":
      switch value {
      case "true": return "1"
      case "false": return "0"
      default: return Int(value) != nil ? value : Double(value).map { "\(Int($0))" } ?? value
      }
    case "R": return Double(value).map { String(format: "%.3f", $0) } ?? value
    default: return value.isEmpty ? "(empty)" : printable(value)
    }
  }

  /// With `@` for control characters.
  private static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(scalar.value < 0x20 ? "@" : scalar) }
    return String(result)
  }

  private static func isBefore(_ left: [String], _ right: [String]) -> Bool {
    for (left, right) in zip(left, right) where Array(left.utf8) != Array(right.utf8) {
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    return left.count < right.count
  }
}

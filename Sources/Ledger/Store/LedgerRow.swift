import Foundation
import GRDB

/// A row whose values are checked as they are read: a value of another type or beyond its range is a
/// damaged ledger.
struct LedgerRow {
  private let row: Row
  private let path: String

  init(_ row: Row, path: String) {
    self.row = row
    self.path = path
  }

  /// Whether there is no value.
  func isNull(_ column: Int) -> Bool { value(column) == .null }

  func text(_ column: Int) throws(LedgerError) -> String {
    guard case .string(let text) = value(column) else { throw wrong(column, "text") }
    return text
  }

  func optionalText(_ column: Int) throws(LedgerError) -> String? {
    isNull(column) ? nil : try text(column)
  }

  func bytes(_ column: Int) throws(LedgerError) -> [UInt8] {
    guard case .blob(let data) = value(column) else { throw wrong(column, "bytes") }
    return [UInt8](data)
  }

  /// A whole number within the range of the type wanted.
  func number<Number: FixedWidthInteger>(
    _ column: Int, as type: Number.Type = Number.self
  ) throws(LedgerError) -> Number {
    guard case .int64(let wide) = value(column), let number = Number(exactly: wide) else {
      throw wrong(column, "a number of \(type)'s range")
    }
    return number
  }

  /// 64 bits that are not a quantity.
  func bits(_ column: Int) throws(LedgerError) -> UInt64 {
    UInt64(bitPattern: try number(column, as: Int64.self))
  }

  /// A value that is written as a word.
  func word<Word: RawRepresentable>(
    _ column: Int, as type: Word.Type = Word.self
  ) throws(LedgerError) -> Word where Word.RawValue == String {
    let text = try text(column)
    guard let word = Word(rawValue: text) else { throw wrong(column, "a \(type)", text) }
    return word
  }

  /// A row that does not agree with itself.
  func contradiction(_ reason: String) -> LedgerError { .damaged(path, reason) }

  private func value(_ column: Int) -> DatabaseValue.Storage {
    let value: DatabaseValue = row[column]
    return value.storage
  }

  private func wrong(_ column: Int, _ wanted: String, _ found: String? = nil) -> LedgerError {
    let found = found.map { "\"\($0)\"" } ?? "something else"
    let name = Array(row.columnNames)[column]
    return .damaged(path, "\(name) should be \(wanted) and is \(found)")
  }
}

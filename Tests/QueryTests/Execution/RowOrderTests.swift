import Columnar
import Testing

@testable import Query

@Suite("ORDER BY")
struct RowOrderTests {
  static let types: [ColumnType] = [.integer, .double, .text, .numeric, .boolean]

  @Test("Sorts as comparison one by one does, and stably", arguments: UInt64(0)..<20)
  func sorts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let batch = Self.batch(120, &random)
    let order = Self.order(&random)
    let expected = Self.reference(batch.rows, order)
    #expect(order.sortedRows(batch).map { batch.rows[Int($0)] } == expected)
  }

  @Test("Merged runs are what sorting all gives", arguments: UInt64(0)..<20)
  func merges(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let order = Self.order(&random)
    let (left, right) = (Self.batch(70, &random), Self.batch(40, &random))
    let limit = random.oneIn(2) ? nil : 30
    let runs = [left, right].map { $0.picking(order.sortedRows($0)) }
    let rows = runs[0].rows + runs[1].rows
    let merged = order.mergedRows(runs[0], runs[1], limit: limit).map { rows[Int($0)] }
    let expected = Self.reference(left.rows + right.rows, order)
    #expect(merged == Array(expected.prefix(limit ?? .max)))
  }

  private static func order(_ random: inout SeededGenerator) -> RowOrder {
    RowOrder(
      keys: (0..<2).map { _ in
        OrderKey(
          column: Int.random(in: 0..<types.count, using: &random), descending: random.oneIn(2),
          nullsFirst: random.oneIn(2))
      })
  }

  private static func batch(_ rows: Int, _ random: inout SeededGenerator) -> Batch {
    // The last column tells rows apart, so that the order of equal ones shows.
    let columns = types.map { type in
      ColumnVector.of((0..<rows).map { _ in value(type, &random) }, type)
    }
    let number = ColumnVector.of((0..<rows).map { .integer(Int64($0)) }, .bigint)
    return Batch(columns: columns + [number], count: rows)
  }

  private static func value(_ type: ColumnType, _ random: inout SeededGenerator) -> Value {
    if random.oneIn(5) { return .null }
    return switch type {
    case .integer: .integer(random.pick([0, 1, -1, Int64(Int32.max), Int64(Int32.min)]))
    case .double: .double(random.pick([0, -0.0, .nan, .infinity, -.infinity, 1.5, -1.5]))
    case .numeric:
      .numeric(
        random.pick([
          Numeric(coefficient: 10, scale: 1), Numeric(coefficient: 1, scale: 0),
          Numeric(coefficient: 10_000_000_000_000_000_001, scale: 0),
          Numeric(coefficient: 10_000_000_000_000_000_000, scale: 0),
        ]))
    case .boolean: .boolean(random.oneIn(2))
    default: .text(random.pick(["", "a", "aaaaaaaab", "aaaaaaaac", "aaaa\u{0}", "aaaa", "ä"]))
    }
  }

  private static func reference(_ rows: [[Value]], _ order: RowOrder) -> [[Value]] {
    rows.enumerated().sorted { left, right in
      for key in order.keys {
        let (value, other) = (left.element[key.column], right.element[key.column])
        if value == .null || other == .null {
          if value == other { continue }
          return (value == .null) == key.nullsFirst
        }
        let result = ReferenceFunctions.compare(value, other)
        if result != 0 { return key.descending ? result > 0 : result < 0 }
      }
      return left.offset < right.offset
    }.map(\.element)
  }
}

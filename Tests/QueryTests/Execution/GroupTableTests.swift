import Columnar
import Testing

@testable import Query

@Suite("Group tables")
struct GroupTableTests {
  @Test(
    "Number keys in order of first appearance",
    arguments: [
      [ColumnType.integer], [.bigint], [.text], [.double], [.boolean], [.numeric],
      [.text, .integer], [.double, .text, .boolean], [.numeric, .bigint], [.text, .text],
    ], UInt64(0)..<3)
  func numbersKeys(types: [ColumnType], seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let table = GroupTable(types: types)
    var expected: [[Value]: UInt32] = [:]
    var order: [[Value]] = []
    var numbers: [UInt32] = []
    for _ in 0..<20 {
      let rows = (0..<97).map { _ in types.map { key($0, &random) } }
      let columns = types.indices.map { index in
        ColumnVector.of(rows.map { $0[index] }, types[index])
      }
      table.assign(columns, count: rows.count, to: &numbers)
      for (row, values) in rows.enumerated() {
        if expected[values] == nil {
          expected[values] = UInt32(order.count)
          order.append(values)
        }
        #expect(numbers[row] == expected[values])
      }
    }
    #expect(table.count == order.count)
    #expect(Batch(columns: table.keys, count: table.count).rows == order)
  }

  @Test("Looking up adds nothing")
  func find() {
    let table = GroupTable(types: [.text])
    var numbers: [UInt32] = []
    table.assign([.of([.text("a"), .null, .text("")], .text)], count: 3, to: &numbers)
    table.find([.of([.text(""), .text("b"), .null, .text("a")], .text)], count: 4, to: &numbers)
    #expect(Array(numbers[..<4]) == [2, GroupTable.none, 1, 0])
    #expect(table.count == 3)
  }

  private func key(_ type: ColumnType, _ random: inout SeededGenerator) -> Value {
    if random.oneIn(10) { return .null }
    let number = Int64.random(in: -60...60, using: &random)
    return switch type {
    case .boolean: .boolean(number > 0)
    case .double: .double(random.pick([.nan, 0, -0.0, Double(number) / 4]))
    case .numeric:
      .numeric(
        random.oneIn(2)
          ? Numeric(coefficient: Int128(number), scale: 0)
          : Numeric(coefficient: Int128(number) * 100, scale: 2))
    case .text: .text(String(repeating: "k", count: Int(abs(number) % 20)) + "\(number)")
    default: .integer(number)
    }
  }
}

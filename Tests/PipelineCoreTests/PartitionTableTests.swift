import PipelineCore
import Testing

@Suite("Partition table")
struct PartitionTableTests {
  /// A window that moves along, as that of leases does, with a few that are left behind.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func agreesWithADictionary(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var table = PartitionTable<Int>()
    var dictionary: [UInt32: Int] = [:]
    var start: UInt32 = UInt32(generator.pick(0...100_000))
    for step in 0..<3_000 {
      if generator.pick(1...10) == 1 { start += UInt32(generator.pick(0...3_000)) }
      let index = start - min(start, UInt32(generator.pick(0...2_000)))
      switch generator.pick(1...5) {
      case 1, 2:
        table[index] = step
        dictionary[index] = step
      case 3: #expect(table.remove(index) == dictionary.removeValue(forKey: index))
      case 4:
        let isOdd: (Int) -> Bool = { $0 % 2 == 1 }
        let expected = dictionary[index].flatMap { isOdd($0) ? $0 : nil }
        #expect(table.remove(index, where: isOdd) == expected)
        if expected != nil { dictionary[index] = nil }
      default:
        table[index]? += 1
        dictionary[index]? += 1
      }
      #expect(table[index] == dictionary[index] && table.count == dictionary.count)
    }
    for (index, value) in dictionary { #expect(table[index] == value) }
    table.removeAll()
    #expect(table.count == 0 && table[start] == nil)
  }

  @Test func aCopyIsNotChanged() {
    var table = PartitionTable<Int>()
    for index in 0..<2_000 as Range<UInt32> { table[index] = Int(index) }
    let copy = table
    for index in 0..<2_000 as Range<UInt32> { table[index] = nil }
    #expect(table.count == 0 && copy.count == 2_000 && copy[1_999] == 1_999)
  }

  @Test func bothEndsOfTheIndexesHaveTheirPlace() {
    var table = PartitionTable<Int>()
    table[.max] = 1
    #expect(table[.max] == 1 && table[0] == nil)
    table[.max] = nil
    table[0] = 2
    #expect(table[0] == 2 && table[.max] == nil && table.count == 1)
  }
}

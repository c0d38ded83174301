import PipelineCore
import Testing

@Suite("Partition bitmap")
struct PartitionBitmapTests {
  @Test func insertingTellsWhatIsNew() {
    var bitmap = PartitionBitmap()
    #expect(!bitmap.contains(0) && !bitmap.contains(.max))
    #expect(bitmap.insert(64) == true)
    #expect(bitmap.insert(64) == false)
    #expect(bitmap.contains(64) && !bitmap.contains(63) && !bitmap.contains(65))
    #expect(bitmap.count == 1)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func agreesWithASet(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var bitmap = PartitionBitmap()
    var set: Set<UInt32> = []
    for _ in 0..<300 {
      let index = UInt32(generator.pick(0...400))
      #expect(bitmap.insert(index) == set.insert(index).inserted)
    }
    #expect(bitmap.count == set.count)
    #expect((0...500 as ClosedRange<UInt32>).allSatisfy { bitmap.contains($0) == set.contains($0) })
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func allMethodsAgreeWithASet(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var (bitmap, set) = Self.random(&generator)
    for _ in 0..<200 {
      let index = UInt32(generator.pick(0...400))
      switch generator.pick(1...6) {
      case 1: #expect(bitmap.insert(index) == set.insert(index).inserted)
      case 2, 3: #expect(bitmap.remove(index) == (set.remove(index) != nil))
      case 4, 5:
        let indexes = index...(index + UInt32(generator.pick(0...150)))
        #expect(bitmap.isDisjoint(with: indexes) == set.isDisjoint(with: indexes))
        let before = set.count
        set.formUnion(indexes)
        #expect(bitmap.insert(indexes) == set.count - before)
      default:
        let (other, members) = Self.random(&generator)
        bitmap.formUnion(other)
        set.formUnion(members)
        // Sometimes nearly empty again, so that words at the end go too.
        for index in set.sorted().dropFirst(generator.pick(0...set.count)) {
          bitmap.remove(index)
          set.remove(index)
        }
      }
      #expect(bitmap.count == set.count && bitmap.highest == set.max())
      let start = UInt32(generator.pick(0...450))
      #expect(bitmap.firstAbsent(from: start) == (start...).first { !set.contains($0) })
      #expect(bitmap == PartitionBitmap(words: bitmap.words), "there is one form of each set")
      #expect(bitmap.words.last != 0)
    }
    #expect((0...500 as ClosedRange<UInt32>).allSatisfy { bitmap.contains($0) == set.contains($0) })
  }

  @Test func setsAreEqualWhateverTheirHistory() {
    var one = bitmap([3, 900])
    one.remove(900)
    #expect(one == bitmap([3]))
    one.remove(3)
    #expect(one == PartitionBitmap() && one.highest == nil && one.words.isEmpty)
  }

  @Test func wordsAreTakenLowestBitFirst() {
    let bitmap = PartitionBitmap(words: [0b101, 0, 1 << 63, 0, 0])
    #expect(bitmap.words == [0b101, 0, 1 << 63])
    #expect(bitmap.count == 3 && bitmap.highest == 191)
    #expect(bitmap.contains(0) && bitmap.contains(2) && bitmap.contains(191))
  }

  @Test func theEndsOfTheRange() {
    #expect(PartitionBitmap().firstAbsent(from: 0) == 0)
    #expect(PartitionBitmap().firstAbsent(from: .max) == .max)
    #expect(bitmap(0..<128).firstAbsent(from: 0) == 128)
    #expect(bitmap(0..<128).firstAbsent(from: 64) == 128)
    var last = PartitionBitmap()
    #expect(last.insert(1 << 20) == true)
    #expect(last.highest == 1 << 20 && last.words.count == 1 << 14 | 1)
    #expect(last.remove(1 << 20) == true)
    #expect(last.words.isEmpty)
  }

  private static func random(_ generator: inout SplitMix64) -> (PartitionBitmap, Set<UInt32>) {
    let top = generator.pick(0...400)
    let members = Set((0..<generator.pick(0...40)).map { _ in UInt32(generator.pick(0...top)) })
    return (bitmap(members), members)
  }
}

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
}

import Columnar
import Testing

@Suite struct ColumnVectorTests {
  @Test(arguments: samples.indices)
  func appendsAndGrows(index: Int) {
    let (type, values) = samples[index]
    let once = vector(type, values)
    #expect(texts(once) == values)
    let many = ColumnVector(type: type, capacity: 0)
    for _ in 0..<50 { many.append(contentsOf: once) }
    #expect(texts(many) == Array(repeating: values, count: 50).flatMap { $0 })
    #expect(many.owners.count <= 1)
    many.removeAll()
    #expect(many.count == 0 && !many.hasNulls && many.owners.isEmpty)
    #expect((0..<many.capacity).allSatisfy { many.validity[$0] == 1 })
  }

  @Test(arguments: samples.indices)
  func gathersInAnyOrder(index: Int) {
    let (type, values) = samples[index]
    let source = vector(type, values)
    let target = vector(type, [nil, values[0]])
    let rows = (0..<values.count).reversed().flatMap { [Int32($0), Int32($0)] }
    rows.withUnsafeBufferPointer { target.gather(from: source, rows: $0) }
    #expect(texts(target) == rows.map { values[Int($0)] })
    rows.withUnsafeBufferPointer { target.append(gathering: source, rows: $0) }
    #expect(texts(target) == (rows + rows).map { values[Int($0)] })
    [Int32]().withUnsafeBufferPointer { target.gather(from: source, rows: $0) }
    #expect(target.count == 0)
  }

  /// Values from a vector without NULL after some with.
  @Test func gatheringNothingNullKeepsEarlierNulls() {
    let target = vector(.integer, [nil, "1"])
    let source = vector(.integer, ["5", "6"])
    [Int32(1), 0].withUnsafeBufferPointer { target.append(gathering: source, rows: $0) }
    target.append(contentsOf: source)
    #expect(texts(target) == [nil, "1", "6", "5", "5", "6"])
  }

  @Test(arguments: samples.indices)
  func slicesAndFills(index: Int) {
    let (type, values) = samples[index]
    let source = vector(type, values)
    #expect(texts(source.slice(1..<values.count)) == Array(values.dropFirst()))
    #expect(source.slice(0..<0).count == 0)
    let target = ColumnVector(type: type, capacity: 0)
    for row in 0..<values.count {
      target.fill(from: source, row: row, count: 40)
      #expect(texts(target) == Array(repeating: values[row], count: 40))
    }
    target.fillNull(count: 3)
    #expect(texts(target) == [nil, nil, nil])
  }

  @Test func copiedTextOutlivesItsSource() {
    let copy = ColumnVector(type: .text, capacity: 4)
    do {
      let source = vector(.text, ["short", nil, String(repeating: "long ", count: 5000), ""])
      copy.append(contentsOf: source)
      copy.copyText()
      source.removeAll()
    }
    #expect(copy.owners.count == 1)
    #expect(texts(copy) == ["short", nil, String(repeating: "long ", count: 5000), ""])
    copy.append(text: "later")
    #expect(texts(copy).last == "later")
  }

  @Test(arguments: UInt64(1)...4)
  func arenaKeepsEveryCopy(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let arena = ByteArena()
    for _ in 0..<2 {
      var copies: [(StringView, String)] = []
      for _ in 0..<200 {
        let length =
          Int.random(in: 0..<20, using: &random) == 0
          ? Int.random(in: 4000...20_000, using: &random) : Int.random(in: 0...60, using: &random)
        let text = String(
          repeating: Character(UnicodeScalar(UInt8.random(in: 65...90, using: &random))),
          count: length)
        copies.append((arena.copy(text), text))
      }
      #expect(copies.allSatisfy { $0.0.string == $0.1 })
      #expect(arena.byteCount == copies.reduce(0) { $0 + $1.1.utf8.count })
      arena.removeAll()
      #expect(arena.byteCount == 0)
    }
  }

  @Test func wrongTypesTrap() async {
    await #expect(processExitsWith: .failure) {
      ColumnVector(type: .integer, capacity: 1).append(Int64(1))
    }
  }
}

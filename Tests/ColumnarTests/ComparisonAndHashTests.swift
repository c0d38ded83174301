import Columnar
import Testing

@Suite struct ComparisonAndHashTests {
  /// The samples are in ascending order.
  @Test(arguments: samples.indices)
  func orderIsPostgreSQLs(index: Int) {
    let (type, values) = samples[index]
    let left = vector(type, values)
    let right = vector(type, values)
    for row in values.indices {
      for other in values.indices {
        let expected = values[row] == values[other] ? 0 : (row < other ? -1 : 1)
        #expect(left.compare(row, right, other).signum() == expected)
        #expect(left.equalRows(row, right, other) == (expected == 0))
      }
    }
  }

  @Test(arguments: samples.indices)
  func sameValuesHaveTheSameHash(index: Int) {
    let (type, values) = samples[index]
    let hashes = hashes([vector(type, values)])
    for row in values.indices {
      for other in values.indices {
        #expect((hashes[row] == hashes[other]) == (values[row] == values[other]))
      }
    }
  }

  @Test func valuesNotRepresentationsAreHashed() {
    let numerics = hashes([vector(.numeric, ["1.0", "1.00", "1", "10", "0", "-0.000", "0.1"])])
    #expect(numerics[0] == numerics[1] && numerics[1] == numerics[2] && numerics[4] == numerics[5])
    #expect(Set(numerics).count == 4)
    let numbers = vector(.double, ["0", "-0"])
    numbers.append(Double(nan: 5, signaling: false))
    numbers.append(-Double.nan)
    let doubles = hashes([numbers])
    #expect(doubles[0] == doubles[1] && doubles[2] == doubles[3] && doubles[0] != doubles[2])
    #expect(numbers.equalRows(0, numbers, 1) && numbers.equalRows(2, numbers, 3))
  }

  /// What stands under a NULL does not matter.
  @Test func nullsHashAlike() {
    let marks = vector(.bigint, ["1", "2", nil])
    for row in 0..<3 { marks.validity[row] = 0 }
    #expect(Set(hashes([marks])) == [ValueHash.null])
  }

  /// Results depend on hashes: they may not change from one machine or version to the next.
  @Test func hashesAreFixed() {
    let intervals = samples.filter { $0.type == .interval }
    let others = samples.filter { $0.type != .interval }
    func combined(_ samples: [(type: ColumnType, texts: [String?])]) -> UInt64 {
      samples.flatMap { hashes([vector($0.type, $0.texts)]) }
        .reduce(0) { ValueHash.combine($0, $1) }
    }
    #expect(combined(others) == 15_976_204_475_486_742_286)
    #expect(combined(intervals) == 10_511_122_302_476_331_542)
  }

  @Test func columnsCombineInOrder() {
    let a = vector(.integer, ["1", "2", nil])
    let b = vector(.integer, ["2", "1", nil])
    let forward = hashes([a, b])
    let backward = hashes([b, a])
    #expect(forward[0] == backward[1] && forward[0] != backward[0] && forward[2] == backward[2])
    #expect(Set(forward).count == 3)
  }

  /// Both ends of the hashes of likely keys must spread over a table's slots.
  @Test(arguments: [ColumnType.integer, .bigint, .double, .numeric, .text, .date])
  func likelyKeysSpreadEvenly(type: ColumnType) {
    let keys = ColumnVector(type: type, capacity: 16_384)
    for key in 0..<16_384 {
      switch type {
      case .integer, .date: keys.append(Int32(key) * 256)
      case .bigint: keys.append(Int64(key) << 32)
      case .double: keys.append(Double(key))
      case .numeric: keys.append(Numeric(coefficient: Int128(key), scale: 2))
      default: keys.append(text: "station-\(key)")
      }
    }
    let hashes = hashes([keys])
    #expect(Set(hashes).count == 16_384)
    for shift in [UInt64(0), 24, 50] {
      var slots = [Int](repeating: 0, count: 16_384)
      for hash in hashes { slots[Int(hash >> shift & 16_383)] += 1 }
      // 16,384 balls in as many slots: 1 - 1/e, or 10,357, are hit; the deviation is about 62.
      let hit = slots.count { $0 > 0 }
      #expect(hit > 10_000 && hit < 10_700)
      #expect(slots.max() ?? 0 < 14)
    }
  }

  /// Every byte and the length count, at every length.
  @Test func textsOfAllLengthsDiffer() {
    let texts = ColumnVector(type: .text, capacity: 16)
    for length in 0..<80 {
      texts.append(text: String(repeating: "\0", count: length))
      for place in 0..<length {
        var bytes = [UInt8](repeating: 0, count: length)
        bytes[place] = 1
        texts.append(text: String(decoding: bytes, as: UTF8.self))
      }
    }
    #expect(Set(hashes([texts])).count == texts.count)
  }

  @Test(arguments: UInt64(1)...4)
  func textOrderIsBytewise(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let texts = ColumnVector(type: .text, capacity: 16)
    var bytes: [[UInt8]] = []
    for _ in 0..<60 {
      bytes.append(
        (0..<Int.random(in: 0...9, using: &random)).map { _ in random.next() % 3 == 0 ? 0 : 1 })
      texts.append(text: String(decoding: bytes[bytes.count - 1], as: UTF8.self))
    }
    for row in bytes.indices {
      for other in bytes.indices {
        let expected =
          bytes[row] == bytes[other]
          ? 0 : (bytes[row].lexicographicallyPrecedes(bytes[other]) ? -1 : 1)
        #expect(texts.compare(row, texts, other).signum() == expected)
      }
    }
  }

  private func hashes(_ columns: [ColumnVector]) -> [UInt64] {
    var hashes = [UInt64](repeating: 99, count: columns[0].count)
    hashes.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      for (index, column) in columns.enumerated() { column.hash(into: start, combine: index > 0) }
    }
    return hashes
  }
}

import Columnar
import Testing

@Suite struct BatchCodecTests {
  /// A batch with a column of each type, cut or repeated to `rows` rows.
  private func batch(rows: Int, nulls: Bool = true) -> Batch {
    let columns = samples.map { sample in
      let values = nulls ? sample.texts : sample.texts.filter { $0 != nil }
      return vector(sample.type, (0..<rows).map { values[($0 * 5 + 3) % values.count] })
    }
    return Batch(columns: columns, count: rows)
  }

  private func encoded(_ batch: Batch) -> [UInt8] {
    var buffer = ByteBuffer(capacity: 1)
    buffer.append(UnsafeRawBufferPointer(start: nil, count: 0))
    BatchCodec.encode(batch, into: &buffer)
    #expect(buffer.count == BatchCodec.encodedLength(batch))
    return Array(buffer.bytes)
  }

  private func decoded(_ bytes: [UInt8]) throws -> Batch {
    // In memory of exactly this size, so that a read beyond it may be noticed.
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    return try BatchCodec.decode(UnsafeRawBufferPointer(copy), owner: nil)
  }

  @Test(arguments: [0, 1, 7, 8, 9, 100], [true, false])
  func roundTrips(rows: Int, nulls: Bool) throws {
    let original = batch(rows: rows, nulls: nulls)
    let bytes = encoded(original)
    let copy = try decoded(bytes)
    #expect(copy.count == rows)
    #expect(copy.columns.map(\.type) == original.columns.map(\.type))
    #expect(copy.columns.map(texts) == original.columns.map(texts))
    #expect(encoded(copy) == bytes)
    if !nulls { #expect(copy.columns.allSatisfy { !$0.hasNulls }) }
  }

  @Test func manyFollowEachOther() throws {
    var buffer = ByteBuffer()
    let batches = [batch(rows: 3), Batch(columns: [], count: 12), batch(rows: 0), batch(rows: 20)]
    for batch in batches { BatchCodec.encode(batch, into: &buffer) }
    var offset = 0
    for batch in batches {
      let copy = try BatchCodec.decode(buffer.bytes, at: &offset, owner: buffer)
      #expect(copy.count == batch.count)
      #expect(copy.columns.map(texts) == batch.columns.map(texts))
      #expect(copy.columns.filter { $0.type == .text }.allSatisfy { $0.owners.first === buffer })
    }
    #expect(offset == buffer.count)
  }

  /// What stands under a NULL, and a mark that there may be NULLs where there are none, do not
  /// show.
  @Test func equalBatchesAreEqualBytes() {
    let plain = batch(rows: 30)
    let littered = batch(rows: 30)
    for column in littered.columns {
      for row in 0..<30 where column.isNull(row) {
        switch column.type {
        case .text:
          column.values(as: StringView.self)[row] = column.values(as: StringView.self)[0]
        case .numeric: column.values(as: Numeric.self)[row] = Numeric(Int64(77))
        case .interval: column.values(as: Interval.self)[row] = Interval(days: 77)
        case .boolean: column.values(as: UInt8.self)[row] = 1
        case .integer, .date: column.values(as: Int32.self)[row] = 77
        default: column.values(as: Int64.self)[row] = 77
        }
      }
    }
    #expect(encoded(littered) == encoded(plain))
    let marked = batch(rows: 30, nulls: false)
    for column in marked.columns { column.hasNulls = true }
    #expect(encoded(marked) == encoded(batch(rows: 30, nulls: false)))
  }

  @Test func everyTruncationIsRefused() throws {
    let bytes = encoded(batch(rows: 11))
    for length in 0..<bytes.count {
      #expect(throws: BatchCodecError.self) { try decoded(Array(bytes.prefix(length))) }
    }
    #expect(throws: BatchCodecError.self) { try decoded(bytes + [0]) }
  }

  /// A flipped bit gives another batch or an error, and what was read can be used.
  @Test func everyFlippedBitIsSurvived() {
    let bytes = encoded(batch(rows: 5))
    for place in 0..<bytes.count {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[place] ^= 1 << UInt8(bit)
        use(damaged)
      }
    }
  }

  @Test(arguments: UInt64(1)...8)
  func noiseIsSurvived(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let bytes = encoded(batch(rows: 9))
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        damaged[Int.random(in: 4..<damaged.count, using: &random)] = UInt8(
          truncatingIfNeeded: random.next())
      }
      use(damaged)
    }
  }

  @Test func errorsSayWhatAndWhere() {
    let bytes = encoded(batch(rows: 5))
    #expect(error(of: []) == BatchCodecError("header: 1 bytes wanted and 0 left", offset: 0))
    #expect(error(of: Array("nonsense".utf8))?.what == "it does not begin with 'MB'")
    var newer = bytes
    newer[2] = 9
    #expect(error(of: newer) == BatchCodecError("version 9 where 1 is known", offset: 2))
    var huge = bytes
    huge.replaceSubrange(8..<12, with: [0xff, 0xff, 0xff, 0x7f])
    #expect(error(of: huge)?.offset == 14)
    #expect(error(of: bytes + [1, 2])?.what == "2 bytes too many")
  }

  private func error(of bytes: [UInt8]) -> BatchCodecError? {
    do {
      _ = try decoded(bytes)
      return nil
    } catch {
      return error as? BatchCodecError
    }
  }

  /// Decodes, and if that goes well, reads every value and encodes again.
  private func use(_ bytes: [UInt8]) {
    do {
      let batch = try decoded(bytes)
      _ = batch.columns.map(texts)
      _ = encoded(batch)
    } catch {
      #expect(error is BatchCodecError)
    }
  }
}

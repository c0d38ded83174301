import Testing
import Wire

/// What happens to a message on its way is noticed, and never brings the receiver down.
@Suite struct DataDamageTests {
  @Test(arguments: DataKind.allCases)
  func everyTruncationIsRefused(_ kind: DataKind) {
    var arbitrary = Arbitrary(seed: 11)
    let (packet, _) = arbitrary.packet(kind, entries: 4)
    for length in 0..<packet.frame.count {
      let cut = Packet(frame: Array(packet.frame[..<length]), payload: packet.payload)
      #expect(cut.refusal() != nil, "first frame cut to \(length) bytes")
    }
    for length in 0..<packet.payload.count {
      let cut = Packet(frame: packet.frame, payload: Array(packet.payload[..<length]))
      #expect(cut.refusal() != nil, "second frame cut to \(length) bytes")
    }
  }

  @Test(arguments: DataKind.allCases)
  func everyAdditionIsRefused(_ kind: DataKind) {
    var arbitrary = Arbitrary(seed: 12)
    let (packet, _) = arbitrary.packet(kind, entries: 2)
    for extra in [1, 39, 40, 64] {
      let more = [UInt8](repeating: 0, count: extra)
      #expect(Packet(frame: packet.frame + more, payload: packet.payload).refusal() != nil)
      #expect(Packet(frame: packet.frame, payload: packet.payload + more).refusal() != nil)
    }
  }

  @Test(arguments: DataKind.allCases, 20..<23 as Range<UInt64>)
  func everyFlippedBitIsFound(_ kind: DataKind, seed: UInt64) {
    var arbitrary = Arbitrary(seed: seed)
    var (packet, _) = arbitrary.packet(kind, entries: 3)
    for bit in 0..<packet.frame.count * 8 {
      packet.frame[bit / 8] ^= 1 << (bit % 8)
      #expect(packet.refusal() != nil, "bit \(bit) of the first frame")
      packet.frame[bit / 8] ^= 1 << (bit % 8)
    }
    let bits = packet.payload.count * 8
    for bit in stride(from: 0, to: bits, by: bits / 4000 + 1) {
      packet.payload[bit / 8] ^= 1 << (bit % 8)
      #expect(packet.refusal()?.code == .corrupt, "bit \(bit) of the second frame")
      packet.payload[bit / 8] ^= 1 << (bit % 8)
    }
  }

  /// The peer makes nonsense and then the digest of it: only the checks of fields are left.
  @Test(arguments: DataKind.allCases, 30..<40 as Range<UInt64>)
  func nonsenseWithAGoodDigestIsHandled(_ kind: DataKind, seed: UInt64) {
    var arbitrary = Arbitrary(seed: seed)
    let (good, _) = arbitrary.packet(kind)
    for _ in 0..<300 {
      var packet = good
      for _ in 0..<Int.random(in: 1...4, using: &arbitrary.random) {
        let position = Int.random(in: 0..<packet.frame.count, using: &arbitrary.random)
        packet.frame[position] = [0, 1, 0x7f, 0xff, UInt8(truncatingIfNeeded: arbitrary.word())]
          .randomElement(using: &arbitrary.random)!
      }
      if arbitrary.random.chance(2), !packet.payload.isEmpty {
        let position = packet.payload.indices.randomElement(using: &arbitrary.random)!
        packet.payload[position] = UInt8(truncatingIfNeeded: arbitrary.random.next())
      }
      packet.reseal()
      _ = packet.refusal()
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func randomBytesAreRefused(_ block: UInt64) {
    for seed in block * 10_000..<(block + 1) * 10_000 {
      var random = Random(seed: seed)
      let lengths = [0, 3, 63, 64, 104, 144]
      let length = lengths[Int(seed % UInt64(lengths.count))]
      var packet = Packet(frame: random.bytes(length), payload: random.bytes(8))
      if length >= 64 {
        packet.frame.replaceSubrange(0..<4, with: [1, 0, UInt8(seed % 5), 0])
        packet.frame.replaceSubrange(
          48..<56, with: [UInt8((length - 64) / 40), 0, 0, 0, 0, 0, 0, 0])
        packet.reseal()
      }
      if packet.refusal() == nil { Issue.record("seed \(seed) was taken for a message") }
    }
  }
}

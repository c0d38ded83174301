import PipelineCore
import Testing
import Wire

/// Each rule of the specification is kept up against a peer that breaks it with a good digest.
@Suite struct DataValidationTests {
  struct Breach: Sendable, CustomTestStringConvertible {
    var kind: DataKind
    /// Position in the first frame and bytes to put there.
    var offset: Int
    var bytes: [UInt8]
    /// Part of the refusal.
    var says: String
    var testDescription: String { "\(kind): \(says)" }

    init(_ kind: DataKind, _ offset: Int, _ bytes: [UInt8], _ says: String) {
      self.kind = kind
      self.offset = offset
      self.bytes = bytes
      self.says = says
    }
  }

  static let zero8 = [UInt8](repeating: 0, count: 8)
  static let full8 = [UInt8](repeating: 0xff, count: 8)

  @Test(arguments: [
    Breach(.lane, 2, [9], "unknown kind 9"),
    Breach(.lane, 3, [1], "flags are 1"),
    Breach(.lane, 24, zero8, "sender's incarnation is 0"),
    Breach(.lane, 40, zero8, "subject's incarnation is 0"),
    Breach(.results, 32, [1], "has a subject"),
    Breach(.lane, 48, [0], "0 entries; 1 to 65536 are allowed"),
    Breach(.lane, 48, [1, 0, 1], "65537 entries"),
    Breach(.lane, 48, [2], "first frame has 184 bytes; with 2 entries it must have 144"),
    Breach(.stage, 48, [1], "1 entries; 0 to 0 are allowed"),
    Breach(.stored, 48, [1], "1 entries; 0 to 0 are allowed"),
    Breach(.stored, 24, zero8, "sender's incarnation is 0"),
    Breach(.stored, 40, zero8, "subject's incarnation is 0"),
    Breach(.lane, 52, [1], "bytes 52..<56"),
    Breach(.lane, 64 + 4, [0, 0], "entry 0 of kind 1 for partition 7: attempt is 0"),
    Breach(.lane, 64 + 6, [16], "kind is none of a lane's"),
    Breach(.lane, 64 + 7, [1], "flags are not 0"),
    Breach(.lane, 64 + 8, full8, "length is above"),
    Breach(.lane, 64 + 8, [4], "second frame has 3 left of 7"),
    Breach(.lane, 64 + 8, [2], "1 more than the entries name"),
    Breach(.lane, 64 + 28, [1], "bytes 28..<32"),
    Breach(.lane, 64 + 32, full8, "file offset is negative"),
    Breach(.lane, 104 + 16, [1], "a reference has a digest"),
    Breach(.lane, 104 + 32, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], "add up to more"),
    Breach(.lane, 144 + 24, [1], "bytes 24..<28"),
    Breach(.lane, 144 + 28, [3], "not a multiple of the count"),
    Breach(.lane, 144 + 28, [0], "not a multiple of the count"),
    Breach(.lane, 144 + 32, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], "range ends above"),
    Breach(.results, 64 + 6, [1], "kind is none of a result's"),
    Breach(.results, 104 + 8, [0, 0, 2], "failure is too long"),
    Breach(.receipts, 64 + 6, [36], "kind is none of a receipt's"),
    Breach(.receipts, 64 + 8, [1], "nothing failed"),
    Breach(.receipts, 64 + 28, [1], "bytes 28..<40"),
    Breach(.recall, 64 + 6, [32], "kind is none of a recall's"),
    Breach(.recall, 64 + 8, [1], "length, digest and reserved"),
    Breach(.recall, 64 + 16, [1], "length, digest and reserved"),
    Breach(.recall, 64 + 28, [1], "length, digest and reserved"),
    Breach(.recall, 64 + 24, [0, 0, 1], "too many partitions"),
    Breach(.recall, 64 + 24, [0xff, 0xff], "more than 65536 partitions"),
    Breach(.receipts, 64 + 39, [1], "bytes 28..<40"),
    Breach(.receipts, 64 + 40 + 24, [1], "bytes 24..<28"),
    Breach(.receipts, 64 + 24, [0, 0, 1], "too many partitions"),
    Breach(.receipts, 64 + 24, [0xff, 0xff], "more than 65536 partitions"),
    Breach(
      .receipts, 64, [0xff, 0xff, 0xff, 0xff, 1, 0, 32, 0] + Array(repeating: 0, count: 16) + [1],
      "too many partitions"),
  ])
  func aBreachIsNamed(_ breach: Breach) {
    var packet = Samples.packet(breach.kind)
    let original = packet
    packet.frame.replaceSubrange(
      breach.offset..<breach.offset + breach.bytes.count, with: breach.bytes)
    #expect(packet.refusal()?.code == .corrupt, "the digest covers byte \(breach.offset)")
    packet.reseal()
    let refusal = packet.refusal()
    #expect(refusal?.code == .malformed)
    #expect(refusal?.message.contains(breach.says) == true, "\(String(describing: refusal))")
    #expect(original.refusal() == nil)
  }

  @Test(
    arguments: [
      ([1, 0, 0, 0, 0, 0, 0], "set of 7 bytes, which is no multiple of 8"),
      ([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "set ends in a word that is 0"),
      ([0, 0, 0, 0, 0, 0, 0, 0], "set ends in a word that is 0"),
    ] as [([UInt8], String)])
  func aWordsBreachIsNamed(_ set: [UInt8], _ says: String) {
    var packet = Samples.stored()
    packet.payload = set
    #expect(packet.refusal()?.code == .corrupt)
    packet.reseal()
    #expect(packet.refusal()?.code == .malformed)
    #expect(packet.refusal()?.message.contains(says) == true)
  }

  @Test func anotherMajorVersionIsRefusedInWords() {
    for kind in DataKind.allCases {
      var packet = Samples.packet(kind)
      packet.frame[0] = 2
      packet.reseal()
      #expect(
        packet.refusal()
          == WireError(
            .version, "peer speaks wire version 2, this is 1: run the same release on both"))
    }
  }

  @Test func anotherMinorVersionIsAccepted() {
    var packet = Samples.packet(.lane)
    packet.frame[1] = 7
    packet.reseal()
    #expect(packet.refusal() == nil)
  }

  @Test func lengthsThatOverflowTheirSumAreRefused() {
    var packet = Samples.packet(.lane)
    for entry in [64, 144] {
      packet.frame.replaceSubrange(
        entry + 8..<entry + 16, with: [0, 0, 0, 0, 0, 0, 0, 0x40] as [UInt8])
    }
    packet.reseal()
    #expect(packet.refusal()?.code == .malformed)
  }
}

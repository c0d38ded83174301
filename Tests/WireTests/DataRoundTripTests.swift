import PipelineCore
import Testing
import Wire

@Suite struct DataRoundTripTests {
  @Test(arguments: DataKind.allCases, 0..<40 as Range<UInt64>)
  func aReceiverFindsWhatWasSent(_ kind: DataKind, seed: UInt64) throws {
    var arbitrary = Arbitrary(seed: seed)
    let (packet, sent) = arbitrary.packet(kind)
    #expect(try packet.opened() == sent)
  }

  @Test func aSinkThatHasNothingSaysSo() throws {
    var encoder = DataEncoder()
    let payload = encoder.encode(
      PartitionBitmap(), stage: 0, run: Samples.run, sender: Samples.sink,
      subject: Samples.ventilator)
    let packet = Packet(frame: encoder.withFrame { Array($0) }, payload: payload)
    #expect(packet.payload.isEmpty)
    #expect(try packet.opened().stored == PartitionBitmap())
  }

  @Test func entriesAreFoundByPosition() throws {
    var arbitrary = Arbitrary(seed: 1)
    let (packet, sent) = arbitrary.packet(.lane, entries: 200)
    try packet.decoding { message in
      guard case .lane(let entries) = message.content else {
        Issue.record("not a lane message")
        return
      }
      #expect(entries.count == 200)
      for position in [0, 1, 100, 199] { #expect(entries[position] == sent.lane[position]) }
    }
  }

  @Test func theLargestMessageTravels() throws {
    var encoder = DataEncoder()
    let node = NodeIncarnation(node: NodeID(rawValue: 1), incarnation: Incarnation(rawValue: 1))
    encoder.begin(
      DataHeader(kind: .receipts, stage: 0, run: RunID(rawValue: 1), sender: node, subject: node))
    for index in 0..<UInt32(WireLimits.entries) {
      #expect(!encoder.isFull)
      encoder.append(ReceiptEntry(index: index, attempt: 1, outcome: .stored(count: 1, digest: 5)))
    }
    #expect(encoder.isFull)
    encoder.seal()
    let packet = Packet(frame: encoder.withFrame { Array($0) }, payload: [])
    try packet.decoding { message in
      guard case .receipts(let entries) = message.content else {
        Issue.record("not a receipts message")
        return
      }
      #expect(entries[WireLimits.entries - 1].index == UInt32(WireLimits.entries - 1))
    }
  }

  @Test func anEncoderIsUsedAgain() {
    var arbitrary = Arbitrary(seed: 3)
    var encoder = DataEncoder()
    var frames: [[UInt8]] = []
    let header = arbitrary.header(.results)
    for count in [3, 1, 3] {
      encoder.begin(header)
      for index in 0..<UInt32(count) {
        encoder.append(
          ResultEntry(index: index, attempt: 1, kind: .result, length: 0, digest: Digest.empty))
      }
      encoder.seal()
      frames.append(encoder.withFrame { Array($0) })
    }
    #expect(frames[0] == frames[2])
    #expect(frames[1].count == 104)
  }

  @Test func aFailuresLongMessageIsCutBetweenScalars() throws {
    let failure = Failure(.data, "x" + String(repeating: "é", count: 40_000))
    let received = try failure.encoded().withUnsafeBytes { try Failure(wire: $0) }
    #expect(received.message.utf8.count == 65_535)
    #expect(failure.message.hasPrefix(received.message))
  }

  @Test func misuseOfTheEncoderTraps() async {
    await #expect(processExitsWith: .failure) {
      var encoder = DataEncoder()
      encoder.append(ReceiptEntry(index: 0, attempt: 1, outcome: .stored(count: 1, digest: 0)))
    }
    await #expect(processExitsWith: .failure) {
      var encoder = DataEncoder()
      let node = NodeIncarnation(node: NodeID(rawValue: 1), incarnation: Incarnation(rawValue: 1))
      encoder.begin(
        DataHeader(kind: .lane, stage: 0, run: RunID(rawValue: 1), sender: node, subject: node))
      encoder.seal()
    }
  }
}

import PipelineCore
import Testing
import Wire
import ZeroMQ

@testable import Runtime

@Suite struct ReceiptMessageTests {
  private static let sink = NodeIncarnation(3, 30)
  private static let worker = NodeIncarnation(4, 40)
  private static let ventilator = NodeIncarnation(2, 20)

  private func receipts(_ list: [Receipt]) -> Packet {
    var encoder = DataEncoder()
    var payload: [UInt8] = []
    encoder.begin(
      DataHeader(kind: .receipts, stage: 2, run: .test, sender: Self.sink, subject: Self.worker))
    for receipt in list { encoder.append(receipt, payload: &payload) }
    encoder.seal()
    return Packet(frame: encoder.withFrame { Array($0) }, payload: payload)
  }

  private func word(_ bitmap: PartitionBitmap) -> Packet {
    var encoder = DataEncoder()
    let payload = encoder.encode(
      bitmap, stage: 2, run: .test, sender: Self.sink, subject: Self.ventilator)
    return Packet(frame: encoder.withFrame { Array($0) }, payload: payload)
  }

  private func read(
    _ packet: Packet, run: RunID = .test, by recipient: NodeIncarnation = ventilator
  ) throws -> ReceiptMessage? {
    let (header, payload) = packet.shared
    return try ReceiptMessage(header, payload, run: run, recipient: recipient)
  }

  private func bitmap(_ indexes: [UInt32]) -> PartitionBitmap {
    var bitmap = PartitionBitmap()
    for index in indexes { bitmap.insert(index) }
    return bitmap
  }

  @Test func receiptsComeWithTheirSinkAndTheirFailures() throws {
    func receipt(_ index: UInt32, _ outcome: Receipt.Outcome) -> Receipt {
      Receipt(
        partition: PartitionID(stage: 2, index: index), attempt: 3, worker: Self.worker,
        outcome: outcome)
    }
    let list = [
      receipt(7, .stored(digest: 99)), receipt(8, .failed(Failure(.data, "no number", file: 1))),
      receipt(9, .duplicate(digest: 5, agrees: false)),
      receipt(10, .failed(Failure(.operating, "no memory"))),
    ]
    guard case .receipts(let read, let sink) = try read(receipts(list)) else {
      Issue.record("no receipts")
      return
    }
    #expect(read == list)
    #expect(sink == Self.sink)
  }

  @Test(arguments: [[], [0], [0, 63, 64, 1000, 1 << 20]] as [[UInt32]])
  func aSinksWordIsWhatIsStored(indexes: [UInt32]) throws {
    guard case .stored(let read, let sink) = try read(word(bitmap(indexes))) else {
      Issue.record("no word")
      return
    }
    #expect(read == bitmap(indexes))
    #expect(sink == Self.sink)
  }

  @Test func whatIsOfAnotherRunIsNoMessage() throws {
    let other = RunID(rawValue: 1)
    let receipt = Receipt(
      partition: PartitionID(stage: 2, index: 8), attempt: 1, worker: Self.worker,
      outcome: .stored(digest: 1))
    for packet in [receipts([receipt]), word(bitmap([1]))] {
      let isMessage = try read(packet, run: other) != nil
      #expect(!isMessage)
    }
  }

  /// Receipts are for all; a word for the incarnation before may lack what was stored since.
  @Test func aWordForAnotherIncarnationIsNoMessage() throws {
    let next = NodeIncarnation(2, 21)
    let isMessage = try read(word(bitmap([1])), by: next) != nil
    #expect(!isMessage)
    let receipt = Receipt(
      partition: PartitionID(stage: 2, index: 8), attempt: 1, worker: Self.worker,
      outcome: .stored(digest: 1))
    guard case .receipts(let list, _) = try read(receipts([receipt]), by: next) else {
      Issue.record("no receipts")
      return
    }
    #expect(list == [receipt])
  }

  @Test func whatNoSinkSaysIsRefused() throws {
    let packets = [
      Packet.lane(["x"], from: NodeIncarnation(2, 20), to: Self.worker),
      Packet.result("x", index: 0, from: Self.worker),
      Packet.stage(StageSpecification(["echo"]), from: NodeIncarnation(2, 20), to: Self.worker),
    ]
    for packet in packets {
      let error = #expect(throws: WireError.self) { _ = try read(packet) }
      #expect(error?.message.contains("channel") == true)
    }
  }

  @Test func aFailureOrAWordThatWasDamagedIsRefused() throws {
    var packet = receipts([
      Receipt(
        partition: PartitionID(stage: 2, index: 8), attempt: 1, worker: Self.worker,
        outcome: .failed(Failure(.data, "no number")))
    ])
    packet.payload[packet.payload.count - 1] ^= 1
    #expect(throws: WireError.self) { _ = try read(packet) }
    packet = word(bitmap([5, 700]))
    packet.payload[0] ^= 1
    #expect(throws: WireError.self) { _ = try read(packet) }
  }
}

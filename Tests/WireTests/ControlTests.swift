import PipelineCore
import Testing
import Wire

@Suite struct ControlTests {
  static func decode(_ frame: [UInt8]) throws -> ControlMessage {
    try frame.withUnsafeBytes { try ControlMessage(frame: $0) }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func aReceiverFindsWhatWasSent(_ seed: UInt64) throws {
    var arbitrary = Arbitrary(seed: seed)
    let sent = arbitrary.control()
    #expect(try Self.decode(sent.encoded()) == sent)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func damageNeverBringsTheReceiverDown(_ seed: UInt64) {
    var arbitrary = Arbitrary(seed: seed)
    for sent in [
      Samples.beat.encoded(), Samples.ventilatorBeat.encoded(), Samples.roster.encoded(),
      Samples.orderWithSuspect.encoded(), arbitrary.order().encoded(),
    ] {
      for length in 0..<sent.count { _ = try? Self.decode(Array(sent[..<length])) }
      for bit in 0..<sent.count * 8 {
        var frame = sent
        frame[bit / 8] ^= 1 << (bit % 8)
        _ = try? Self.decode(frame)
      }
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func randomBytesNeverBringTheReceiverDown(_ block: UInt64) {
    for seed in block * 10_000..<(block + 1) * 10_000 {
      var random = Random(seed: seed)
      let body = random.bytes(Int(seed % 40))
      #expect((try? Self.decode([1, 0, 65 + UInt8(seed % 3), 0] + body)) == nil)
    }
  }

  @Test(
    arguments: [
      ([], "empty frame"), ([1, 0, 65], "3 bytes; its prefix has 4"),
      ([1, 0, 1, 0], "unknown kind 1"), ([1, 0, 65, 1], "byte after the kind is 1"),
      ([2, 0, 65, 0], "peer speaks wire version 2, this is 1: run the same release on both"),
      ([1, 0, 65, 0, 0xff], "cannot be read"),
    ] as [([UInt8], String)])
  func badPrefixesAreNamed(_ frame: [UInt8], _ says: String) {
    #expect { try Self.decode(frame) } throws: { "\($0)".contains(says) }
  }

  @Test func anotherMinorVersionAndNewFieldsAreAccepted() throws {
    var frame = Samples.beat.encoded()
    frame[1] = 3
    frame += Protobuf(.text(1000, "new"), .varint(1001, 5)).bytes
    #expect(try Self.decode(frame) == .beat(Samples.beat))
  }

  @Test func longNamesAndOldEvictionsAreCut() throws {
    var beat = Samples.beat
    beat.host = "x" + String(repeating: "é", count: 3000)
    beat.evictions = (0..<100).map {
      Beat.Eviction(worker: Samples.worker, requeued: $0, suspect: nil)
    }
    guard case .beat(let received) = try Self.decode(beat.encoded()) else {
      Issue.record("not a beat")
      return
    }
    #expect(received.host.utf8.count == 4095)
    #expect(received.evictions.map(\.requeued) == Array(36..<100))
  }

  @Test func whatIsInQuarantineIsCutToWhatABeatHolds() throws {
    var beat = Samples.beat
    let long = "x" + String(repeating: "é", count: 40_000)
    beat.name = String(repeating: "n", count: 5000)
    beat.host = beat.name
    beat.endpoints = Beat.Endpoints(
      lane: String(beat.name.prefix(4096)), results: String(beat.name.prefix(4096)),
      receipts: String(beat.name.prefix(4096)), orders: String(beat.name.prefix(4096)))
    beat.phase = .failed(Failure(.death, long, file: .max, offset: .max, field: .max))
    beat.evictions = (0..<64).map { _ in
      Beat.Eviction(
        worker: Samples.worker, requeued: .max, suspect: PartitionID(stage: .max, index: .max))
    }
    beat.quarantined = (0..<200).map {
      Quarantined(
        partition: PartitionID(stage: .max, index: .max - 200 + $0), attempts: .max,
        failure: Failure(.death, long, file: .max, offset: .max, field: .max))
    }
    let frame = beat.encoded()
    #expect(frame.count < WireLimits.beat)
    guard case .beat(let received) = try Self.decode(frame) else {
      Issue.record("not a beat")
      return
    }
    #expect(
      received.quarantined.map(\.partition) == beat.quarantined.prefix(100).map(\.partition))
    #expect(received.quarantined.allSatisfy { $0.failure.message.utf8.count == 1023 })
    #expect(received.quarantined.allSatisfy { long.hasPrefix($0.failure.message) })
  }

  @Test func aMessageAboveItsLimitIsRefusedUnread() {
    let frame: [UInt8] = [1, 0, 65, 0] + [UInt8](repeating: 0, count: WireLimits.beat + 1)
    #expect { try Self.decode(frame) } throws: { "\($0)".contains("at most 262144 are allowed") }
  }
}

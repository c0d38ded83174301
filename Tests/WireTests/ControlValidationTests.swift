import PipelineCore
import Testing
import Wire

/// Beats, rosters and orders made by hand, each with one thing wrong: where a field comes twice, the
/// later one counts or, for a message, is merged into the one before.
@Suite struct ControlValidationTests {
  struct Breach: Sendable, CustomTestStringConvertible {
    var fields: [Protobuf.Field]
    var says: String
    var testDescription: String { says }

    init(_ fields: Protobuf.Field..., says: String) {
      self.fields = fields
      self.says = says
    }
  }

  static let long = String(repeating: "x", count: 4097)
  static func quarantined(_ index: UInt64, _ why: String = "") -> Protobuf.Field {
    .message(
      17,
      Protobuf(
        .message(1, Protobuf(.varint(2, index))), .varint(2, 1),
        .message(3, Protobuf(.varint(1, 1), .text(2, why)))))
  }

  static let member = Protobuf(.node(1, 5, 1), .varint(2, 2), .text(3, "w"))

  static func run(_ fields: Protobuf.Field...) -> Protobuf.Field {
    var run = Protobuf()
    for field in fields { run.append(field) }
    return .message(4, run)
  }

  static func refusal(_ kind: UInt8, _ good: Protobuf, _ breach: Breach) -> WireError? {
    var message = good
    for field in breach.fields { message.append(field) }
    do {
      _ = try ControlTests.decode([1, 0, kind, 0] + message.bytes)
      return nil
    } catch {
      return error as? WireError
    }
  }

  @Test(arguments: [
    Breach(.varint(2, 0), says: "roles are 0"),
    Breach(.varint(2, 16), says: "roles are 16"),
    Breach(.text(3, ""), says: "name is empty"),
    Breach(.text(3, long), says: "name has 4097 bytes; at most 4096"),
    Breach(.bytes(3, [0xff]), says: "cannot be read"),
    Breach(.text(4, long), says: "host has 4097 bytes"),
    Breach(.varint(5, 1 << 31), says: "process id is 2147483648"),
    Breach(.varint(6, 0), says: "sequence is 0"),
    Breach(.varint(7, 999_999), says: "interval is 999999 ns; 1 ms to 1 h"),
    Breach(.varint(7, 3_600_000_000_001), says: "interval is"),
    Breach(.varint(7, .max), says: "interval is"),
    Breach(.message(9, Protobuf(.text(1, long))), says: "endpoint of lane has 4097"),
    Breach(.message(14, Protobuf(.varint(1, 5))), says: "unknown kind 5 of failure"),
    Breach(.message(14, Protobuf()), says: "unknown kind 0 of failure"),
    Breach(
      .message(14, Protobuf(.varint(1, 1), .varint(3, 1 << 31))), says: "file index is 2147483648"),
    Breach(
      .message(14, Protobuf(.varint(1, 1), .varint(4, 1 << 63))), says: "offset is"),
    Breach(
      .message(
        14, Protobuf(.varint(1, 1), .text(2, String(repeating: "x", count: 65_537)))),
      says: "message has 65537 bytes"),
    Breach(.message(15, Protobuf(.varint(2, 1))), says: "an evicted worker has no incarnation"),
    Breach(.message(16, Protobuf(.varint(2, 1))), says: "under way has no partition"),
    Breach(
      .message(16, Protobuf(.message(1, Protobuf()), .varint(2, 1 << 63))),
      says: "under way for 9223372036854775808 ns"),
    Breach(.message(17, Protobuf(.varint(2, 1))), says: "in quarantine has no partition"),
    Breach(.message(17, Protobuf(.message(1, Protobuf()))), says: "has 0 attempts; 1 to 65535"),
    Breach(
      .message(17, Protobuf(.message(1, Protobuf()), .varint(2, 65_536))), says: "65536 attempts"),
    Breach(
      .message(17, Protobuf(.message(1, Protobuf()), .varint(2, 1))), says: "unknown kind 0"),
    Breach(quarantined(5, String(repeating: "x", count: 1025)), says: "message of 1025 bytes"),
    Breach(quarantined(5), quarantined(5), says: "not in ascending order"),
    Breach(quarantined(5), quarantined(4), says: "not in ascending order"),
    Breach(.node(21, 5, 0), says: "an unreachable worker has no incarnation"),
    Breach(
      .message(9, Protobuf(.text(5, String(repeating: "k", count: 31)))), says: "key has 31 bytes"),
  ])
  func aBeatsBreachIsNamed(_ breach: Breach) {
    let good = Protobuf(
      .node(1, 2, 3), .varint(2, 2), .text(3, "w"), .varint(6, 1), .varint(7, 250_000_000),
      .message(11, Protobuf()))
    #expect(Self.refusal(65, good, Breach(says: "")) == nil)
    #expect(Self.refusal(65, good, breach)?.message.contains(breach.says) == true)
  }

  @Test func aBeatNeedsASenderAndAPhase() {
    let rest = Protobuf(
      .varint(2, 2), .text(3, "w"), .varint(6, 1), .varint(7, 250_000_000))
    let phase = Breach(.message(11, Protobuf()), says: "")
    let sender = Breach(.node(1, 2, 3), says: "")
    #expect(Self.refusal(65, rest, phase)?.message == "beat: the sender has no incarnation, or 0")
    #expect(Self.refusal(65, rest, sender)?.message.contains("phase is missing") == true)
    let evictions = (0..<65).map { _ in
      Protobuf.Field.message(15, Protobuf(.node(1, 2, 3)))
    }
    var tooMany = Breach(.node(1, 2, 3), .message(11, Protobuf()), says: "")
    tooMany.fields += evictions
    #expect(
      Self.refusal(65, rest, tooMany)?.message == "beat: more than 64 evictions, which is the limit"
    )
    var unreachable = Breach(.node(1, 2, 3), .message(11, Protobuf()), says: "")
    unreachable.fields += (0...64).map { .node(21, UInt64($0), 1) }
    #expect(
      Self.refusal(65, rest, unreachable)?.message
        == "beat: more than 64 unreachable workers, which is the limit")
    var quarantine = Breach(.node(1, 2, 3), .message(11, Protobuf()), says: "")
    quarantine.fields += (0...100).map { Self.quarantined($0) }
    #expect(
      Self.refusal(65, rest, quarantine)?.message
        == "beat: more than 100 partitions in quarantine, which is the limit")
  }

  @Test(arguments: [
    Breach(.varint(2, 0), says: "sequence is 0"),
    Breach(.varint(3, 0), says: "interval is 0 ns"),
    Breach(.message(4, Protobuf(.varint(2, 5))), says: "unknown phase 5 of the run"),
    Breach(.message(4, Protobuf(.varint(2, 0))), says: "unknown phase 0 of the run"),
    Breach(run(.bytes(4, [5, 5])), says: "quarantine are not in ascending order"),
    Breach(run(.varint(4, 5), .varint(4, 4)), says: "quarantine are not in ascending order"),
    Breach(run(.bytes(4, Array(0...100))), says: "101 partitions in quarantine; at most 100"),
    Breach(.message(5, member), .message(5, member), says: "member 5 stands after 5"),
    Breach(.message(5, Protobuf(.node(1, 5, 0))), says: "a member has no incarnation"),
    Breach(.message(5, Protobuf(.node(1, 5, 1))), says: "roles are 0"),
    Breach(.message(5, Protobuf(.node(1, 5, 1), .varint(2, 2))), says: "member's name is empty"),
  ])
  func aRostersBreachIsNamed(_ breach: Breach) {
    let good = Protobuf(
      .node(1, 2, 3), .varint(2, 1), .varint(3, 250_000_000),
      .message(4, Protobuf(.fixed64(1, 7), .varint(2, 1))))
    #expect(Self.refusal(66, good, Breach(says: "")) == nil)
    #expect(Self.refusal(66, good, breach)?.message.contains(breach.says) == true)
  }

  @Test func aRosterHasALimit() {
    var roster = Protobuf(
      .node(1, 2, 3), .varint(2, 1), .varint(3, 250_000_000),
      .message(4, Protobuf(.fixed64(1, 7), .varint(2, 1))))
    for _ in 0...WireLimits.members { roster.append(.message(5, Protobuf())) }
    #expect(
      Self.refusal(66, roster, Breach(says: ""))?.message
        == "roster: more than 20000 members, which is the limit")
  }

  @Test(arguments: [
    Breach(says: "it orders nothing"),
    Breach(.node(3, 1, 0), says: "the node to evict has no incarnation"),
    Breach(.node(4, 1, 0), says: "the node that has left has no incarnation"),
    Breach(.node(2, 2, 0), .message(5, Protobuf()), says: "the supervisor has no incarnation"),
    Breach(.message(6, Protobuf()), says: "it orders nothing"),
    Breach(.message(6, Protobuf()), .message(5, Protobuf()), says: "suspect but evicts nobody"),
    Breach(.message(6, Protobuf()), .node(4, 1, 1), says: "suspect but evicts nobody"),
    Breach(.varint(7, 1), says: "does not say what"),
  ])
  func anOrdersBreachIsNamed(_ breach: Breach) {
    let good = Protobuf(.fixed64(1, 7), .node(2, 2, 3))
    #expect(Self.refusal(67, good, Breach(.message(5, Protobuf()), says: "")) == nil)
    #expect(Self.refusal(67, good, breach)?.message.contains(breach.says) == true)
  }

  @Test(
    arguments: [
      (Protobuf(), "0 steps; 1 to 256"),
      (Protobuf(.message(2, Protobuf())), "an operator's name is empty"),
      (
        Protobuf(.message(2, Protobuf(.text(1, "noop"))), .message(3, Protobuf())),
        "a file's path is empty"
      ),
      (
        Protobuf(
          .message(2, Protobuf(.text(1, "noop"))), .message(3, Protobuf(.varint(2, 1 << 63)))),
        "a file's size is 9223372036854775808"
      ),
      (Protobuf(.text(1, long), .message(2, Protobuf(.text(1, "noop")))), "stage's name has 4097"),
    ] as [(Protobuf, String)])
  func aSpecificationsBreachIsNamed(_ specification: Protobuf, _ says: String) {
    var packet = Samples.stage()
    packet.payload = specification.bytes
    packet.reseal()
    #expect(packet.refusal()?.message.contains(says) == true)
  }
}

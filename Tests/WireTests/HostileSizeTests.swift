import PipelineCore
import Testing
import Wire

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A message that is refused costs no more memory than it has bytes, whatever its bytes say.
@Suite struct HostileSizeTests {
  /// An empty element of field `field`, again and again.
  private static func elements(_ field: UInt8, bytes: Int) -> [UInt8] {
    var elements = [field << 3 | 2, 0]
    elements.reserveCapacity(bytes)
    while elements.count < bytes { elements += elements.prefix(bytes - elements.count) }
    return elements
  }

  /// The most memory this process ever had, in bytes.
  private static var peak: Int {
    #if os(Linux)
    // Not `getrusage`, which counts the process that started this one.
    let status = (try? SpecificationTests.text(path: "/proc/self/status")) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    guard let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      preconditionFailure("no VmHWM in: \(status)")
    }
    return kibibytes << 10
    #else
    var usage = rusage()
    precondition(getrusage(RUSAGE_SELF, &usage) == 0)
    return usage.ru_maxrss
    #endif
  }

  private static func requireRefusal(says: String, atMost growth: Int, _ body: () -> WireError?) {
    let before = peak
    let refusal = body()
    precondition(refusal?.message.contains(says) == true, "\(String(describing: refusal))")
    precondition(peak - before <= growth, "took \(peak - before) bytes")
  }

  private static func refusal(_ frame: [UInt8]) -> WireError? {
    do {
      _ = try ControlTests.decode(frame)
      return nil
    } catch {
      return error as? WireError
    }
  }

  @Test func aRosterOfManyEmptyMembers() async {
    await #expect(processExitsWith: .success) {
      let frame = [1, 1, 66, 0] + Self.elements(5, bytes: WireLimits.roster)
      Self.requireRefusal(says: "more than 20000 members", atMost: 4 << 20) {
        Self.refusal(frame)
      }
    }
  }

  @Test func aSpecificationOfManyEmptyFiles() async {
    await #expect(processExitsWith: .success) {
      var packet = Samples.stage()
      packet.payload = Self.elements(3, bytes: WireLimits.specification)
      packet.reseal()
      let sent = packet
      Self.requireRefusal(says: "more than 100000 files", atMost: 8 << 20) {
        sent.refusal()
      }
    }
  }

  @Test func aRostersQuarantineAsLongAsTheFrame() async {
    await #expect(processExitsWith: .success) {
      let indexes = [UInt8](repeating: 1, count: WireLimits.roster - 10_000)
      var roster = Protobuf(.node(1, 2, 3), .varint(2, 1), .varint(3, 250_000_000))
      roster.append(.message(4, Protobuf(.fixed64(1, 7), .varint(2, 1), .bytes(4, indexes))))
      let frame = [1, 1, 66, 0] + roster.bytes
      // Each byte is a number of four.
      Self.requireRefusal(says: "in quarantine; at most 100", atMost: 6 * WireLimits.roster) {
        Self.refusal(frame)
      }
    }
  }

  @Test func aSetAboveTheLimit() async {
    await #expect(processExitsWith: .success) {
      // Zeros that nobody has written take no memory.
      let count = WireLimits.stored + 8
      let payload = UnsafeRawBufferPointer(start: calloc(count, 1), count: count)
      var frame = Samples.stored().frame
      let digest = frame[..<56].withUnsafeBytes { header in
        Digest.xxh3(payload, seed: Digest.xxh3(header))
      }
      withUnsafeBytes(of: digest.littleEndian) { frame.replaceSubrange(56..<64, with: $0) }
      let sent = frame
      Self.requireRefusal(says: "set of 536870920 bytes; at most 536870912", atMost: 4 << 20) {
        do {
          _ = try sent.withUnsafeBytes { try DataMessage(frame: $0, payload: payload) }
          return nil
        } catch {
          return error as? WireError
        }
      }
    }
  }

  @Test func aLargeSetTravels() throws {
    var set = PartitionBitmap()
    set.insert(1 << 20)
    set.insert(0)
    var encoder = DataEncoder()
    let payload = encoder.encode(
      set, stage: 0, run: Samples.run, sender: Samples.sink, subject: Samples.ventilator)
    #expect(encoder.payloadLength == payload.count)
    #expect(payload.count == (1 << 17) + 8)
    let packet = Packet(frame: encoder.withFrame { Array($0) }, payload: payload)
    #expect(try packet.opened().stored == set)
  }
}

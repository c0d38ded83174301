import PipelineCore
import Testing
import Wire

@Suite("A reader that remembers beats reads what one that does not reads")
struct BeatReaderTests {
  /// Reads a frame in both ways; `nil` where it is refused.
  private func read(_ frame: [UInt8], _ reader: inout BeatReader) -> (
    quick: ControlMessage?, whole: ControlMessage?
  ) {
    frame.withUnsafeBytes { frame in
      (try? reader.read(frame), try? ControlMessage(frame: frame))
    }
  }

  /// A beat with other counts.
  private func next(_ beat: Beat, _ random: inout Random) -> Beat {
    var beat = beat
    beat.sequence += 1
    switch Int.random(in: 0..<6, using: &random) {
    case 0: beat.progress = Beat.Progress()
    case 1: beat.progress.partitions = .random(in: 0 ... .max, using: &random)
    case 2: beat.progress.held = .random(in: 0...300, using: &random)
    case 3: beat.underWay = nil
    case 4:
      beat.underWay = Beat.UnderWay(
        partition: PartitionID(
          stage: .random(in: 0...2, using: &random), index: .random(in: 0 ... .max, using: &random)),
        elapsed: Span(nanoseconds: .random(in: 0 ... .max, using: &random)))
    default: break
    }
    return beat
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func beatsThatFollowEachOther(_ seed: UInt64) {
    var random = Random(seed: seed)
    var reader = BeatReader()
    var beats = [Samples.beat, Samples.ventilatorBeat]
    for _ in 0..<50 {
      let place = Int.random(in: 0..<2, using: &random)
      beats[place] = next(beats[place], &random)
      if Int.random(in: 0..<8, using: &random) == 0 { beats[place].joined.toggle() }
      if Int.random(in: 0..<8, using: &random) == 0 { beats[place].name += "x" }
      #expect(read(beats[place].encoded(), &reader).quick == .beat(beats[place]))
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func damagedFrames(_ seed: UInt64) {
    var random = Random(seed: seed)
    let first = next(Samples.beat, &random).encoded()
    let frame = next(Samples.beat, &random).encoded()
    for bit in 0..<frame.count * 8 {
      var reader = BeatReader()
      _ = read(first, &reader)
      var damaged = frame
      damaged[bit / 8] ^= 1 << (bit % 8)
      let found = read(damaged, &reader)
      #expect(found.quick == found.whole, "bit \(bit)")
    }
    for length in 0..<frame.count {
      var reader = BeatReader()
      _ = read(first, &reader)
      let found = read(Array(frame[..<length]), &reader)
      #expect(found.quick == found.whole, "\(length) bytes")
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func fieldsInOddPlaces(_ seed: UInt64) {
    var random = Random(seed: seed)
    let odd = [
      Protobuf(.varint(6, 7)), Protobuf(.varint(6, 0)), Protobuf(.fixed64(6, 9)),
      Protobuf(.message(10, Protobuf(.varint(1, 5), .varint(1, 6)))),
      Protobuf(.message(10, Protobuf())),
      Protobuf(.message(10, Protobuf(.text(3, "rows")))),
      Protobuf(.message(10, Protobuf(.varint(99, 1)))),
      Protobuf(.message(16, Protobuf())), Protobuf(.varint(16, 3)),
      Protobuf(.message(16, Protobuf(.message(1, Protobuf(.varint(2, 1 << 40)))))),
      Protobuf(
        .message(16, Protobuf(.message(1, Protobuf()), .varint(2, 1 << 63)))),
      Protobuf(
        .message(16, Protobuf(.message(1, Protobuf()), .message(1, Protobuf(.varint(1, 2)))))),
      Protobuf(.varint(8, 1)), Protobuf(.text(3, "other")), Protobuf(.varint(1000, 1)),
    ].map(\.bytes)
    // Starts and ends of groups too.
    let groups: [[UInt8]] = [[0x33], [0x34], [0x33, 0x34]]
    for _ in 0..<200 {
      var reader = BeatReader()
      for _ in 0..<3 {
        var frame = next(Samples.beat, &random).encoded()
        let before = Bool.random(using: &random)
        let extra = (odd + groups).randomElement(using: &random) ?? []
        // After the sender, or at the end.
        if before { frame.insert(contentsOf: extra, at: 4 + 2 + 18) } else { frame += extra }
        let found = read(frame, &reader)
        #expect(found.quick == found.whole, "\(extra)")
      }
    }
  }

  @Test func anotherStartOfANodeIsAnotherBeat() {
    var reader = BeatReader()
    var beat = Samples.beat
    #expect(read(beat.encoded(), &reader).quick == .beat(beat))
    beat.sender.incarnation = Incarnation(rawValue: beat.sender.incarnation.rawValue ^ 1)
    #expect(read(beat.encoded(), &reader).quick == .beat(beat))
  }

  @Test func whereABeatCameFromIsRemembered() {
    var reader = BeatReader()
    var beat = Samples.beat
    _ = read(beat.encoded(), &reader)
    reader.note(origin: "192.0.2.1", of: beat.sender.node)
    beat.sequence += 1
    let frame = beat.encoded()
    beat.origin = "192.0.2.1"
    #expect(read(frame, &reader).quick == .beat(beat))
    beat.joined.toggle()
    let other = beat.encoded()
    beat.origin = ""
    #expect(read(other, &reader).quick == .beat(beat), "and asked for again where all may be new")
  }

  @Test func asManyNodesAreRememberedAsThereMayBe() {
    var reader = BeatReader()
    var beat = Samples.beat
    for node in 1...UInt64(BeatReader.maximumNodes) + 2 {
      beat.sender.node = NodeID(rawValue: node)
      _ = read(beat.encoded(), &reader)
      reader.note(origin: "here", of: beat.sender.node)
    }
    func origin(of node: UInt64) -> String? {
      beat.sender.node = NodeID(rawValue: node)
      if case .beat(let found)? = read(beat.encoded(), &reader).quick { return found.origin }
      return nil
    }
    #expect(origin(of: UInt64(BeatReader.maximumNodes) + 2) == "here")
    #expect(origin(of: 1) == "", "it was forgotten")
  }
}

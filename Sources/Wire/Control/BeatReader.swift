package import PipelineCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads control messages, and beats faster: most differ from the last of their node by what it counts
/// alone, and the rest was read and checked before.
///
/// What it gives is what ``ControlMessage/init(frame:)`` gives, but for where the beat came from, which it
/// remembers. It remembers the last beat of each node; beyond ``maximumNodes`` it starts over.
package struct BeatReader: Sendable {
  private struct Known: Sendable {
    /// The last frame without the fields of ``Counts``.
    var rest: [UInt8]
    var beat: Beat
  }

  private var known: [UInt64: Known] = [:]

  /// Nodes whose last beats are remembered.
  package static let maximumNodes = 20_000

  /// A reader that has read nothing.
  package init() {}

  /// Reads and checks a message.
  ///
  /// - Throws: as ``ControlMessage/init(frame:)``.
  package mutating func read(
    _ frame: UnsafeRawBufferPointer
  ) throws(WireError) -> ControlMessage {
    guard let node = Self.node(frame), let counts = Counts(frame) else {
      return try ControlMessage(frame: frame)
    }
    if let beat = follow(counts, in: frame, of: node) { return .beat(beat) }
    let message = try ControlMessage(frame: frame)
    if case .beat(let beat) = message {
      if known.count == Self.maximumNodes, known[node] == nil { known.removeAll() }
      var rest: [UInt8] = []
      for range in counts.others {
        rest.append(contentsOf: UnsafeRawBufferPointer(rebasing: frame[range]))
      }
      known[node] = Known(rest: rest, beat: beat)
    }
    return message
  }

  /// Notes where the last beat of a node came from.
  package mutating func note(origin: String, of node: NodeID) {
    known[node.rawValue]?.beat.origin = origin
  }

  /// The last beat of the node with other counts, where all else is as it was.
  private mutating func follow(
    _ counts: Counts, in frame: UnsafeRawBufferPointer, of node: UInt64
  ) -> Beat? {
    guard let known = known[node] else { return nil }
    let isSame = known.rest.withUnsafeBytes { rest in
      var left = rest[...]
      for range in counts.others {
        guard left.count >= range.count,
          Self.areSame(left.prefix(range.count), frame[range])
        else { return false }
        left = left.dropFirst(range.count)
      }
      return left.isEmpty
    }
    guard isSame else { return nil }
    var beat = known.beat
    beat.sequence = counts.sequence
    beat.progress = counts.progress
    beat.underWay = counts.underWay
    return beat
  }

  private static func areSame(
    _ some: Slice<UnsafeRawBufferPointer>, _ others: Slice<UnsafeRawBufferPointer>
  ) -> Bool {
    let (some, others) = (
      UnsafeRawBufferPointer(rebasing: some), UnsafeRawBufferPointer(rebasing: others)
    )
    guard let start = some.baseAddress, let other = others.baseAddress else { return true }
    return memcmp(start, other, some.count) == 0
  }

  /// The sender's node, where a frame begins as those of beats do.
  private static func node(_ frame: UnsafeRawBufferPointer) -> UInt64? {
    let start = ControlKind.prefixSize
    guard frame.count > start + 11, frame[2] == ControlKind.beat.rawValue, frame[start] == 0x0a,
      frame[start + 1] >= 9, frame[start + 2] == 0x09
    else { return nil }
    return UInt64(
      littleEndian: frame.loadUnaligned(fromByteOffset: start + 3, as: UInt64.self))
  }

  /// What changes from one beat to the next, and where it stands in the frame.
  private struct Counts {
    var sequence: UInt64 = 0
    var progress = Beat.Progress()
    var underWay: Beat.UnderWay?
    /// What lies before, between and behind these fields.
    private(set) var others: [Range<Int>] = []

    /// Finds them in a frame that may be anything.
    ///
    /// - Returns: `nil` where one of them comes twice, or is not as every writer makes it, or is no number
    ///   of its type: to read that, or to refuse it, takes the whole decoder.
    init?(_ frame: UnsafeRawBufferPointer) {
      others.reserveCapacity(4)
      let start = ControlKind.prefixSize
      var scan = FieldScan(UnsafeRawBufferPointer(rebasing: frame[start...]))
      var end = 0
      var hasProgress = false
      while true {
        let place = start + scan.position
        guard let field = scan.next() else { break }
        switch (field, scan.wireType) {
        case (6, 0) where sequence == 0: sequence = scan.value
        case (10, 2) where !hasProgress:
          guard let progress = Beat.Progress(scan.slice) else { return nil }
          self.progress = progress
          hasProgress = true
        case (16, 2) where underWay == nil:
          guard let underWay = Beat.UnderWay(scan.slice) else { return nil }
          self.underWay = underWay
        case (6, _), (10, _), (16, _), (_, 3), (_, 4): return nil
        default: continue
        }
        others.append(end..<place)
        end = start + scan.position
      }
      guard !scan.isBroken, sequence > 0 else { return nil }
      others.append(end..<frame.count)
    }
  }
}

extension Beat.Progress {
  /// Reads counts that are written as varints of known fields.
  fileprivate init?(_ bytes: UnsafeRawBufferPointer) {
    self.init()
    var scan = FieldScan(bytes)
    while let field = scan.next() {
      guard scan.wireType == 0 else { return nil }
      switch field {
      case 1: partitions = scan.value
      case 2: self.bytes = scan.value
      case 3: rows = scan.value
      case 4: skipped = scan.value
      case 5: duplicates = scan.value
      case 6: held = scan.value
      case 7: secondAttempts = scan.value
      default: return nil
      }
    }
    guard !scan.isBroken else { return nil }
  }
}

extension Beat.UnderWay {
  fileprivate init?(_ bytes: UnsafeRawBufferPointer) {
    var partition: PartitionID?
    var elapsed: UInt64 = 0
    var scan = FieldScan(bytes)
    while let field = scan.next() {
      switch (field, scan.wireType) {
      case (1, 2) where partition == nil: partition = PartitionID(scan.slice)
      case (2, 0): elapsed = scan.value
      default: return nil
      }
    }
    guard !scan.isBroken, let partition, let elapsed = Int64(exactly: elapsed) else { return nil }
    self.init(partition: partition, elapsed: Span(nanoseconds: elapsed))
  }
}

extension PartitionID {
  fileprivate init?(_ bytes: UnsafeRawBufferPointer) {
    var (stage, index) = (UInt32(0), UInt32(0))
    var scan = FieldScan(bytes)
    while let field = scan.next() {
      guard scan.wireType == 0, let value = UInt32(exactly: scan.value) else { return nil }
      switch field {
      case 1: stage = value
      case 2: index = value
      default: return nil
      }
    }
    guard !scan.isBroken else { return nil }
    self.init(stage: stage, index: index)
  }
}

import PipelineCore
import Wire

/// The first bytes of a segment.
enum SegmentHeader {
  /// What a segment's first bytes say.
  enum Reading: Equatable {
    /// They are this store's.
    case good
    /// They are not what was written.
    case damaged
    /// They are whole, and the segment is none of this store's.
    case refused(code: StoreError.Code, cause: String, remedy: String)
  }

  /// Writes the header of a segment to the start of `bytes`.
  static func write(
    _ identity: StoreIdentity, segment: UInt32, to bytes: UnsafeMutableRawBufferPointer
  ) {
    let header = UnsafeMutableRawBufferPointer(rebasing: bytes[..<SegmentFormat.segmentHeader])
    header.initializeMemory(as: UInt8.self, repeating: 0)
    header.put(SegmentFormat.segmentMagic, at: 0)
    header.put(SegmentFormat.version, at: 8)
    header.put(segment, at: 12)
    header.put(identity.run.rawValue, at: 16)
    header.put(identity.stage, at: 24)
    header.put(Digest.xxh3(UnsafeRawBufferPointer(rebasing: header[..<56])), at: 56)
  }

  /// Reads the header at the start of a segment's bytes, of which there may be too few.
  static func read(
    _ bytes: UnsafeRawBufferPointer, _ identity: StoreIdentity, segment: UInt32
  ) -> Reading {
    guard bytes.count >= SegmentFormat.segmentHeader,
      bytes.number(0, as: UInt64.self) == SegmentFormat.segmentMagic,
      bytes.number(56, as: UInt64.self)
        == Digest.xxh3(UnsafeRawBufferPointer(rebasing: bytes[..<56]))
    else { return .damaged }
    let version = bytes.number(8, as: UInt32.self)
    guard version == SegmentFormat.version else {
      return .refused(
        code: .version,
        cause: "the segment has format \(version), and this version of millrace knows format "
          + "\(SegmentFormat.version) alone",
        remedy: "use the version of millrace that the run was started with")
    }
    let run = RunID(rawValue: bytes.number(16, as: UInt64.self))
    let stage = bytes.number(24, as: UInt32.self)
    guard run == identity.run, stage == identity.stage else {
      return .refused(
        code: .foreign,
        cause: "the segment holds results of stage \(stage) of run \(hexadecimal(run)), not of "
          + "stage \(identity.stage) of run \(hexadecimal(identity.run))",
        remedy: "move the file to where it came from")
    }
    let number = bytes.number(12, as: UInt32.self)
    guard number == segment else {
      let name = SegmentFormat.name(of: number)
      return .refused(
        code: .foreign, cause: "the file was \(name) when it was written",
        remedy: "give it that name again")
    }
    return .good
  }

  private static func hexadecimal(_ run: RunID) -> String { String(run.rawValue, radix: 16) }
}

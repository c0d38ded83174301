/// The numbers of the segment format; <doc:SegmentFormat> specifies it.
enum SegmentFormat {
  /// The format that is written, and the only one that is read.
  static let version: UInt32 = 1
  /// The first bytes of a segment: `MRSEGMT` and a line feed.
  static let segmentMagic: UInt64 = 0x0A54_4D47_4553_524D
  /// The first bytes of a block: `MRBLOCK` and a line feed.
  static let blockMagic: UInt64 = 0x0A4B_434F_4C42_524D
  /// Bytes of a segment's header.
  static let segmentHeader = 64
  /// Bytes of a block's header.
  static let blockHeader = 56
  /// The columns of a block.
  static let columns = 6
  /// Blocks and columns start at multiples of this.
  static let alignment = 8
  /// Results in a block.
  static let maximumResults = 65_536
  /// Bytes of a block's columns.
  static let maximumColumns = columns * (maximumResults + 1) * 8
  /// The highest number of a segment.
  static let maximumSegment: UInt32 = 999_999

  /// The file name of a segment.
  static func name(of segment: UInt32) -> String {
    let digits = String(segment)
    return String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits + ".segment"
  }

  /// The number of a segment, or `nil` when the file is none.
  static func segment(named name: String) -> UInt32? {
    guard name.hasSuffix(".segment"), let number = UInt32(name.prefix(6)),
      self.name(of: number) == name
    else { return nil }
    return number
  }

  /// The next multiple of ``alignment``.
  static func aligned(_ count: Int) -> Int { (count + alignment - 1) & ~(alignment - 1) }
}

/// Little-endian numbers anywhere in a buffer.
extension UnsafeRawBufferPointer {
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ offset: Int, as type: Number.Type
  ) -> Number {
    Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
  }
}

extension UnsafeMutableRawBufferPointer {
  func put<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at offset: Int) {
    storeBytes(of: number.littleEndian, toByteOffset: offset, as: Number.self)
  }
}

import PipelineCore
import Wire

/// The bytes of a store's segments out of an input: one byte that says what is put right, the
/// length of the first segment in two bytes, and both segments. The second may be empty.
///
/// Checksums are put right for most inputs: no mutation of bytes would get past them otherwise. So
/// are indexes of partitions that are legal but high, each of which costs a bit for all before it.
struct SegmentInput {
  /// The segments' bytes, one or two.
  private(set) var segments: [[UInt8]]

  /// The store that the segments are of.
  static let run = RunID(rawValue: 7)
  static let stage: UInt32 = 2

  private static let segmentHeader = 64
  private static let blockHeader = 56
  private static let blockMagic = Array("MRBLOCK\n".utf8)

  /// Reads an input; `nil` for one without the first three bytes.
  init?(_ input: UnsafeRawBufferPointer) {
    guard input.count >= 3 else { return nil }
    let length = Int(input[1]) | Int(input[2]) << 8
    segments = [Array(input[3...].prefix(length))]
    let second = Array(input[3...].dropFirst(length))
    if !second.isEmpty { segments.append(second) }
    guard input[0] & 1 != 0 else { return }
    for number in segments.indices { repair(number) }
  }

  /// The input that is read as these segments.
  static func encoded(_ segments: [[UInt8]]) -> [UInt8] {
    let length = segments[0].count
    return [1, UInt8(length & 0xff), UInt8(length >> 8)] + segments.joined()
  }

  /// Writes the checksums of the header and of each block where the block before it ends.
  private mutating func repair(_ number: Int) {
    var bytes = segments[number]
    guard bytes.count >= Self.segmentHeader else { return }
    Self.put(Self.digest(bytes[..<56]), in: &bytes, at: 56)
    var start = Self.segmentHeader
    while start + Self.blockHeader <= bytes.count,
      bytes[start..<start + 8].elementsEqual(Self.blockMagic)
    {
      let columns = Self.number(4, in: bytes, at: start + 12)
      let payload = Self.number(8, in: bytes, at: start + 16)
      let left = bytes.count - start - Self.blockHeader
      guard columns <= left, payload <= left - columns else { break }
      let payloadStart = start + Self.blockHeader + columns
      lowerIndexes(in: &bytes, columns: start + Self.blockHeader..<payloadStart, bytes[start + 24])
      let end = min(bytes.count, payloadStart + (payload + 7) & ~7)
      Self.put(
        Self.digest(bytes[start + Self.blockHeader..<payloadStart]), in: &bytes, at: start + 32)
      Self.put(Self.digest(bytes[payloadStart..<end]), in: &bytes, at: start + 40)
      let seed = Self.seed(segment: UInt32(number + 1), offset: start)
      Self.put(Self.digest(bytes[start..<start + 48], seed: seed), in: &bytes, at: start + 48)
      start = end
    }
    segments[number] = bytes
  }

  /// Clears the bits from 2^22 to 2^31 of the indexes, which are the first column.
  private func lowerIndexes(in bytes: inout [UInt8], columns: Range<Int>, _ encoding: UInt8) {
    let width = encoding == 0 || encoding == 255 ? 8 : Int(encoding)
    guard width == 4 || width == 8 else { return }
    for index in stride(from: columns.lowerBound, through: columns.upperBound - 4, by: width) {
      bytes[index + 2] &= 0x3f
      bytes[index + 3] = 0
    }
  }

  /// The seed of a block header's checksum, as the format has it.
  private static func seed(segment: UInt32, offset: Int) -> UInt64 {
    var place = [UInt8](repeating: 0, count: 24)
    put(run.rawValue, in: &place, at: 0)
    put(stage, in: &place, at: 8)
    put(segment, in: &place, at: 12)
    put(Int64(offset), in: &place, at: 16)
    return digest(place[...])
  }

  private static func digest(_ bytes: ArraySlice<UInt8>, seed: UInt64 = 0) -> UInt64 {
    bytes.withUnsafeBytes { Digest.xxh3($0, seed: seed) }
  }

  /// A little-endian number; those that no file reaches are the greatest there is.
  private static func number(_ width: Int, in bytes: [UInt8], at offset: Int) -> Int {
    let value = (0..<width).reduce(UInt64(0)) { $0 | UInt64(bytes[offset + $1]) << ($1 * 8) }
    return Int(clamping: value)
  }

  private static func put(
    _ number: some FixedWidthInteger, in bytes: inout [UInt8], at offset: Int
  ) {
    withUnsafeBytes(of: number.littleEndian) { digits in
      for (position, byte) in digits.enumerated() { bytes[offset + position] = byte }
    }
  }
}

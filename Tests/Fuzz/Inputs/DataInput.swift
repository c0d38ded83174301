import Wire

/// A data message out of an input: one byte that says what is put right, the length of the first
/// frame in two bytes, and both frames.
///
/// Digests are put right for most inputs: no mutation of bytes would get past them otherwise.
struct DataInput {
  /// The first frame.
  private(set) var frame: [UInt8]
  /// The second frame.
  let payload: [UInt8]

  /// What is put right; bits of the first byte.
  struct Repairs: OptionSet {
    let rawValue: UInt8

    /// The number of entries, by the frame's length.
    static let count = Repairs(rawValue: 1)
    /// The digests of payloads.
    static let payloads = Repairs(rawValue: 2)
    /// The message's digest.
    static let message = Repairs(rawValue: 4)

    static let all: Repairs = [.count, .payloads, .message]
  }

  private static let headerSize = 64
  private static let entrySize = 40

  /// Reads an input; `nil` for one without the first three bytes.
  init?(_ input: UnsafeRawBufferPointer) {
    guard input.count >= 3 else { return nil }
    let repairs = Repairs(rawValue: input[0])
    let length = Int(input[1]) | Int(input[2]) << 8
    let frames = input[3...]
    frame = Array(frames.prefix(length))
    payload = Array(frames.dropFirst(length))
    guard frame.count >= Self.headerSize else { return }
    if repairs.contains(.count) { repairCount() }
    if repairs.contains(.payloads) { repairPayloads() }
    if repairs.contains(.message) { repairMessage() }
  }

  /// The input that is read as these frames.
  static func encoded(frame: [UInt8], payload: [UInt8], repairs: Repairs) -> [UInt8] {
    let length = UInt16(frame.count)
    return [repairs.rawValue, UInt8(length & 0xff), UInt8(length >> 8)] + frame + payload
  }

  private var isWhole: Bool {
    frame[2] == DataKind.stage.rawValue || frame[2] == DataKind.stored.rawValue
  }

  private mutating func repairCount() {
    guard !isWhole else { return }
    put(UInt32((frame.count - Self.headerSize) / Self.entrySize), at: 48)
  }

  private mutating func repairPayloads() {
    guard !isWhole else { return }
    var rest = payload[...]
    for start in stride(
      from: Self.headerSize, through: frame.count - Self.entrySize, by: Self.entrySize)
    {
      let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(frame[start + 8 + $1]) << ($1 * 8) }
      // A reference is to have none.
      let isReference = frame[2] == DataKind.lane.rawValue && frame[start + 6] == 2
      guard !isReference, length <= UInt64(rest.count) else { continue }
      let digest = rest.prefix(Int(length)).withUnsafeBytes { Digest.xxh3($0) }
      rest = rest.dropFirst(Int(length))
      put(digest, at: start + 16)
    }
  }

  private mutating func repairMessage() {
    let seed = frame[..<56].withUnsafeBytes { Digest.xxh3($0) }
    let body = isWhole ? payload[...] : frame[Self.headerSize...]
    put(body.withUnsafeBytes { Digest.xxh3($0, seed: seed) }, at: 56)
  }

  private mutating func put(_ number: some FixedWidthInteger, at offset: Int) {
    withUnsafeBytes(of: number.littleEndian) { bytes in
      for (position, byte) in bytes.enumerated() { frame[offset + position] = byte }
    }
  }
}

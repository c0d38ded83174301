import Wire

/// The first bytes of a block: how long its parts are and what their checksums are.
struct BlockHeader {
  /// Results in the block: 1 to ``SegmentFormat/maximumResults``.
  var count: Int
  /// Bytes of the columns, a multiple of 8.
  var columnsLength: Int
  /// Bytes of the payloads together.
  var payloadLength: Int
  /// How each of the columns is written.
  var encodings: InlineArray<6, UInt8>
  /// Checksum of the columns.
  var columnsDigest: UInt64
  /// Checksum of the payloads and the zeros that follow them.
  var payloadDigest: UInt64

  /// Bytes from the start of the block to its payloads.
  var payloadStart: Int { SegmentFormat.blockHeader + columnsLength }
  /// Bytes of the payloads and the zeros that follow them.
  var paddedPayload: Int { SegmentFormat.aligned(payloadLength) }
  /// Bytes of the block.
  var length: Int { payloadStart + paddedPayload }

  /// Writes the header to the start of `bytes`.
  func write(to bytes: UnsafeMutableRawBufferPointer, seed: UInt64) {
    bytes.put(SegmentFormat.blockMagic, at: 0)
    bytes.put(UInt32(count), at: 8)
    bytes.put(UInt32(columnsLength), at: 12)
    bytes.put(UInt64(payloadLength), at: 16)
    for column in encodings.indices { bytes.put(encodings[column], at: 24 + column) }
    bytes.put(UInt16(0), at: 30)
    bytes.put(columnsDigest, at: 32)
    bytes.put(payloadDigest, at: 40)
    bytes.put(Digest.xxh3(UnsafeRawBufferPointer(rebasing: bytes[..<48]), seed: seed), at: 48)
  }
}

extension BlockHeader {
  /// Whether a header could start here; cheap, to be asked of many places.
  static func mayStart(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.number(0, as: UInt64.self) == SegmentFormat.blockMagic
  }

  /// Reads the header at the start of `bytes`, which are ``SegmentFormat/blockHeader`` or more;
  /// `nil` when there is none.
  init?(_ bytes: UnsafeRawBufferPointer, seed: UInt64) {
    guard Self.mayStart(bytes),
      bytes.number(48, as: UInt64.self)
        == Digest.xxh3(UnsafeRawBufferPointer(rebasing: bytes[..<48]), seed: seed)
    else { return nil }
    let payload = bytes.number(16, as: UInt64.self)
    count = Int(bytes.number(8, as: UInt32.self))
    columnsLength = Int(bytes.number(12, as: UInt32.self))
    encodings = InlineArray { bytes[24 + $0] }
    columnsDigest = bytes.number(32, as: UInt64.self)
    payloadDigest = bytes.number(40, as: UInt64.self)
    // What the checksum vouches for was written like this; another writer's mistake must not trap.
    guard (1...SegmentFormat.maximumResults).contains(count),
      columnsLength <= SegmentFormat.maximumColumns,
      columnsLength % SegmentFormat.alignment == 0, payload <= UInt64(1) << 60
    else { return nil }
    payloadLength = Int(payload)
  }
}

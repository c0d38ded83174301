import PipelineCore
import Wire

/// Makes segments by the specification alone, a number at a time.
enum ReferenceSegment {
  static func header(version: UInt32 = 1, segment: UInt32 = 1) -> [UInt8] {
    var bytes = Array("MRSEGMT\n".utf8)
    bytes += little(version) + little(segment) + little(testRun.rawValue) + little(testStage)
    bytes += Array(repeating: 0, count: 28)
    return bytes + little(digest(bytes))
  }

  /// A block at this place of a segment; `columns` are whole, with their padding.
  static func block(
    at offset: UInt64, segment: UInt32 = 1, count: UInt32, encodings: [UInt8], columns: [UInt8],
    payload: [UInt8], payloadLength: UInt64? = nil
  ) -> [UInt8] {
    let padded = payload + Array(repeating: 0, count: (8 - payload.count % 8) % 8)
    var bytes = Array("MRBLOCK\n".utf8)
    bytes += little(count) + little(UInt32(columns.count))
    bytes += little(payloadLength ?? UInt64(payload.count))
    bytes += encodings + [0, 0] + little(digest(columns)) + little(digest(padded))
    let place = little(testRun.rawValue) + little(testStage) + little(segment) + little(offset)
    bytes += little(digest(bytes, seed: digest(place)))
    return bytes + columns + padded
  }

  static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  static func digest(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    bytes.withUnsafeBytes { Digest.xxh3($0, seed: seed) }
  }
}

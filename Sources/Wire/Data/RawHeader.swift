import PipelineCore

/// The 64 bytes of a header as eight little-endian words, in the order of the specification.
struct RawHeader {
  /// Bytes on the wire.
  static let size = 64
  /// Bytes that the message's digest covers, from the first.
  static let coveredSize = 56

  private var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
  var digest: UInt64

  var major: UInt8 { UInt8(truncatingIfNeeded: words.0) }
  var kind: UInt8 { UInt8(truncatingIfNeeded: words.0 >> 16) }
  var flags: UInt8 { UInt8(truncatingIfNeeded: words.0 >> 24) }
  var stage: UInt32 { UInt32(truncatingIfNeeded: words.0 >> 32) }
  var run: UInt64 { words.1 }
  var sender: NodeIncarnation { Self.node(words.2, words.3) }
  var subject: NodeIncarnation { Self.node(words.4, words.5) }
  var count: UInt32 { UInt32(truncatingIfNeeded: words.6) }
  var reserved: UInt32 { UInt32(truncatingIfNeeded: words.6 >> 32) }

  init(_ header: DataHeader, count: Int, digest: UInt64) {
    let subject = header.subject
    words = (
      UInt64(WireVersion.major) | UInt64(WireVersion.minor) << 8
        | UInt64(header.kind.rawValue) << 16 | UInt64(header.stage) << 32,
      header.run.rawValue, header.sender.node.rawValue, header.sender.incarnation.rawValue,
      subject?.node.rawValue ?? 0, subject?.incarnation.rawValue ?? 0, UInt64(UInt32(count))
    )
    self.digest = digest
  }

  /// Reads the first 64 bytes of `frame`, which has at least as many.
  init(_ frame: UnsafeRawBufferPointer) {
    func word(_ index: Int) -> UInt64 {
      UInt64(littleEndian: frame.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
    }
    words = (word(0), word(1), word(2), word(3), word(4), word(5), word(6))
    digest = word(7)
  }

  /// Writes 64 bytes to the start of `frame`, which has room for them.
  func store(to frame: UnsafeMutableRawBufferPointer) {
    func put(_ word: UInt64, _ index: Int) {
      frame.storeBytes(of: word.littleEndian, toByteOffset: index * 8, as: UInt64.self)
    }
    put(words.0, 0)
    put(words.1, 1)
    put(words.2, 2)
    put(words.3, 3)
    put(words.4, 4)
    put(words.5, 5)
    put(words.6, 6)
    put(digest, 7)
  }

  private static func node(_ id: UInt64, _ incarnation: UInt64) -> NodeIncarnation {
    NodeIncarnation(node: NodeID(rawValue: id), incarnation: Incarnation(rawValue: incarnation))
  }
}

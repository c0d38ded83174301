import PipelineCore

extension PartitionBitmap {
  /// The second frame of a stored message: the set's words, little-endian.
  func encoded() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: words.count * 8) { buffer, count in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      for (position, word) in words.enumerated() {
        bytes.storeBytes(of: word.littleEndian, toByteOffset: position * 8, as: UInt64.self)
      }
      count = words.count * 8
    }
  }

  /// Reads the second frame of a stored message. Takes as much memory as the frame.
  init(wire bytes: UnsafeRawBufferPointer) throws(WireError) {
    let name = DataKind.stored.name
    guard bytes.count <= WireLimits.stored else {
      throw .malformed(
        "\(name): a set of \(bytes.count) bytes; at most \(WireLimits.stored) are allowed")
    }
    guard bytes.count.isMultiple(of: 8) else {
      throw .malformed("\(name): a set of \(bytes.count) bytes, which is no multiple of 8")
    }
    let words = (0..<bytes.count / 8).lazy.map {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
    }
    // One set has one encoding.
    guard words.last != 0 else {
      throw .malformed("\(name): the set ends in a word that is 0")
    }
    self.init(words: words)
  }
}

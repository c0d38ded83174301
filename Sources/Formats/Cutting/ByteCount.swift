/// A number of bytes in words.
struct ByteCount: CustomStringConvertible {
  private let bytes: Int

  /// `bytes` bytes.
  init(_ bytes: Int) { self.bytes = bytes }

  /// The exact number with the largest unit that divides it, such as "16 MiB" or "100 bytes".
  var description: String {
    for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")]
    where bytes >= 1 << shift && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift) \(unit)"
    }
    return "\(bytes) bytes"
  }
}

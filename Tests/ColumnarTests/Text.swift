import Columnar

/// What `parse` makes of `text`, which it sees in memory that ends where the text ends.
func parsed<Value>(
  _ text: String, _ parse: (UnsafePointer<UInt8>, Int) -> Value?
) -> Value? {
  let bytes = Array(text.utf8)
  let exact = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
  defer { exact.deallocate() }
  for (index, byte) in bytes.enumerated() { exact[index] = byte }
  return parse(exact, bytes.count)
}

/// The text that `write` writes, and a check that it keeps to its room.
func written(_ write: (UnsafeMutablePointer<UInt8>) -> Int) -> String {
  var bytes = [UInt8](repeating: 0xee, count: ValueFormatter.maximumLength + 8)
  let length = bytes.withUnsafeMutableBufferPointer { $0.baseAddress.map(write) ?? 0 }
  precondition(length <= ValueFormatter.maximumLength)
  precondition(bytes.suffix(8).allSatisfy { $0 == 0xee }, "wrote beyond its room")
  return String(decoding: bytes.prefix(length), as: UTF8.self)
}

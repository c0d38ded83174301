/// Somewhere bytes are appended to, a reserved stretch at a time.
package protocol ByteSink: ~Copyable {
  /// Makes room for `count` bytes and returns the place to write them, valid until the next call.
  mutating func reserve(_ count: Int) -> UnsafeMutableRawPointer

  /// Counts `count` bytes, written at the place ``reserve(_:)`` returned, as appended.
  mutating func advance(by count: Int)
}

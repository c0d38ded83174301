#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The keys a scan needs, compared with those in the data without making strings.
final class JSONKeys {
  /// How many there are.
  let count: Int
  private let bytes: UnsafeMutablePointer<UInt8>
  private let bounds: UnsafeMutablePointer<Int>

  /// The keys, which are unique; a key's position is its slot.
  init(_ keys: [String]) {
    let encoded = keys.map { Array($0.utf8) }
    count = keys.count
    bytes = .allocate(capacity: max(encoded.reduce(0) { $0 + $1.count }, 1))
    bounds = .allocate(capacity: count + 1)
    bounds[0] = 0
    var written = 0
    for (slot, key) in encoded.enumerated() {
      for byte in key {
        bytes[written] = byte
        written += 1
      }
      bounds[slot + 1] = written
    }
  }

  deinit {
    bytes.deallocate()
    bounds.deallocate()
  }

  /// The slot of the key that `token` spells in `data`, or `nil` where it is not needed.
  @inline(__always)
  func slot(of token: JSONToken, in data: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = data.baseAddress else { return nil }
    if token.isEscaped { return slotOfEscaped(token, base) }
    return slot(of: base + token.range.lowerBound, token.range.count)
  }

  private func slot(of start: UnsafePointer<UInt8>, _ length: Int) -> Int? {
    for slot in 0..<count {
      let from = bounds[slot]
      if bounds[slot + 1] - from == length, memcmp(bytes + from, start, length) == 0 {
        return slot
      }
    }
    return nil
  }

  /// Keys with escapes are so rare that an allocation for each does no harm.
  private func slotOfEscaped(_ token: JSONToken, _ base: UnsafePointer<UInt8>) -> Int? {
    let written = UnsafeMutablePointer<UInt8>.allocate(capacity: token.range.count)
    defer { written.deallocate() }
    let length = JSONEscape.unescape(
      base + token.range.lowerBound, count: token.range.count, to: written)
    return slot(of: written, length)
  }
}

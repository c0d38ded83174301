#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Text on its way to standard output.
struct StandardOutput: ~Copyable {
  private static let size = 1 << 20
  /// The longest text that may be appended between two calls of ``makeRoom()``.
  static let room = 4096

  private let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
  private var count = 0
  /// Bytes appended so far.
  private(set) var total = 0

  deinit { bytes.deallocate() }

  /// Makes room for ``room`` bytes; to be called for each line.
  mutating func makeRoom() {
    if count > Self.size - Self.room { flush() }
  }

  mutating func append(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
    total += 1
  }

  mutating func append(_ text: [UInt8]) {
    text.withUnsafeBufferPointer { text in
      guard let start = text.baseAddress else { return }
      (bytes + count).update(from: start, count: text.count)
    }
    count += text.count
    total += text.count
  }

  mutating func append(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { append(text.utf8Start[index]) }
  }

  /// Appends a number with zeros in front up to `digits`.
  mutating func append(_ number: UInt64, digits: Int = 1) {
    var divisor: UInt64 = 1
    var left = number / 10
    var length = 1
    while left > 0 || length < digits {
      divisor *= 10
      left /= 10
      length += 1
    }
    while divisor > 0 {
      append(UInt8(48 + number / divisor % 10))
      divisor /= 10
    }
  }

  /// Writes what waits.
  mutating func flush() {
    var done = 0
    while done < count {
      let written = write(STDOUT_FILENO, bytes + done, count - done)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        perror("millrace-generate: write")
        exit(1)
      }
      done += written
    }
    count = 0
  }
}

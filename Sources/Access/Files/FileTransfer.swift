#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads and writes that go on until all is done, also when a signal comes in between.
enum FileTransfer {
  /// Writes all bytes.
  ///
  /// - Throws: ``AccessError`` that names the path.
  static func write(
    _ bytes: [UInt8], to descriptor: CInt, _ path: String
  ) throws(AccessError) {
    let done = try repeated(bytes.count, "write", path) { offset in
      bytes.withUnsafeBytes {
        #if canImport(Glibc)
        Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
        #else
        Darwin.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
        #endif
      }
    }
    guard done == bytes.count else { throw .system("write", path) }
  }

  /// Fills the buffer as far as the file goes.
  ///
  /// - Returns: the bytes read.
  /// - Throws: ``AccessError`` that names the path.
  static func read(
    from descriptor: CInt, into buffer: UnsafeMutableRawBufferPointer, _ path: String
  ) throws(AccessError) -> Int {
    try repeated(buffer.count, "read", path) { offset in
      #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
      #else
      Darwin.read(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
      #endif
    }
  }

  /// Calls until so many bytes are done or no more come; how many that are.
  private static func repeated(
    _ count: Int, _ name: String, _ path: String, _ call: (Int) -> Int
  ) throws(AccessError) -> Int {
    var done = 0
    while done < count {
      let step = call(done)
      if step < 0, errno == EINTR { continue }
      guard step >= 0 else { throw .system(name, path) }
      if step == 0 { break }
      done += step
    }
    return done
  }
}

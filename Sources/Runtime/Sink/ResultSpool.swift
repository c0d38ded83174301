#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Results that came before their turn, kept on disk until it is there.
///
/// The file is unlinked as soon as it is open: it takes no name and vanishes with the process.
final class ResultSpool {
  /// Where a result is.
  struct Place {
    var offset: Int64
    var length: Int
  }

  private let path: String
  private let descriptor: CInt
  private var end: Int64 = 0
  private var held = 0
  private let scratch: UnsafeMutableRawBufferPointer

  /// An empty spool in this directory.
  ///
  /// - Throws: ``RuntimeError`` when the directory cannot be written.
  init(directory: String) throws(RuntimeError) {
    path = "\(directory)/results.spool"
    scratch = .allocate(byteCount: 1 << 20, alignment: 16)
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    // From here on `deinit` runs when this throws.
    guard descriptor >= 0 else { throw .system("open", errno, path: path) }
    unlink(path)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    scratch.deallocate()
  }

  /// Keeps a result.
  func append(_ bytes: UnsafeRawBufferPointer) throws(RuntimeError) -> Place {
    let place = Place(offset: end, length: bytes.count)
    if bytes.count > 0 {
      guard lseek(descriptor, off_t(end), SEEK_SET) >= 0 else {
        throw .system("lseek", errno, path: path)
      }
      try writeAll(bytes, to: descriptor, path: path)
    }
    end += Int64(bytes.count)
    held += 1
    return place
  }

  /// Gives a result back in pieces and forgets it.
  func take(
    _ place: Place, _ body: (UnsafeRawBufferPointer) throws(RuntimeError) -> Void
  ) throws(RuntimeError) {
    var done = 0
    while done < place.length {
      let wanted = min(scratch.count, place.length - done)
      let count = pread(descriptor, scratch.baseAddress, wanted, off_t(place.offset) + off_t(done))
      if count < 0 {
        if errno == EINTR { continue }
        throw .system("read", errno, path: path)
      }
      guard count > 0 else { throw RuntimeError("\(path): the file is shorter than was written") }
      try body(UnsafeRawBufferPointer(rebasing: scratch[..<count]))
      done += count
    }
    held -= 1
    // An empty spool starts again from the front, so that it stays as small as what is held.
    if held == 0 {
      end = 0
      guard ftruncate(descriptor, 0) == 0 else { throw .system("ftruncate", errno, path: path) }
    }
  }
}

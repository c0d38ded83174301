#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An open descriptor, closed with its last reference: a flush that is under way keeps it.
final class OpenFile: Sendable {
  /// The descriptor.
  let descriptor: CInt

  /// Takes over an open descriptor.
  init(_ descriptor: CInt) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Makes what was written to the file survive loss of power; answers 0 or the value of `errno`.
  func synchronize() -> CInt {
    #if canImport(Glibc)
    return Self.number { fdatasync(descriptor) }
    #else
    // fsync of Darwin leaves the bytes in the disk's own memory.
    if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
    return Self.number { fsync(descriptor) }
    #endif
  }

  /// Drops the file's pages from the system's memory, so far as they are clean, so that what is read
  /// later is what the disk holds.
  func forgetPages() -> CInt {
    #if canImport(Glibc)
    return posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    #else
    return 0
    #endif
  }

  /// Writes all pieces at the file's end; answers 0 or the value of `errno`.
  func append(_ pieces: [UnsafeRawBufferPointer]) -> CInt {
    let most = 1_024
    // Below what one call takes on any system.
    let mostBytes = 1 << 30
    return withUnsafeTemporaryAllocation(of: iovec.self, capacity: most) { vectors in
      var (piece, done) = (0, 0)
      while true {
        var (count, bytes) = (0, 0)
        var (next, start) = (piece, done)
        while next < pieces.count, count < most, bytes < mostBytes {
          let length = min(pieces[next].count - start, mostBytes - bytes)
          if length > 0 {
            vectors.initializeElement(
              at: count,
              to: iovec(
                iov_base: UnsafeMutableRawPointer(mutating: pieces[next].baseAddress! + start),
                iov_len: length))
            count += 1
            bytes += length
          }
          (next, start) = (next + 1, 0)
        }
        if count == 0 { return 0 }
        var written = writev(descriptor, vectors.baseAddress, CInt(count))
        if written < 0 {
          if errno == EINTR { continue }
          return errno
        }
        if written == 0 { return EIO }
        while written > 0 {
          let rest = pieces[piece].count - done
          if written < rest {
            done += written
            break
          }
          written -= rest
          (piece, done) = (piece + 1, 0)
        }
      }
    }
  }

  /// Fills the memory from an offset on; answers 0, the value of `errno`, or -1 at the file's end.
  func read(at offset: Int64, into memory: UnsafeMutableRawBufferPointer) -> CInt {
    var done = 0
    while done < memory.count {
      let count = pread(
        descriptor, memory.baseAddress! + done, memory.count - done, off_t(offset + Int64(done)))
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      if count == 0 { return -1 }
      done += count
    }
    return 0
  }

  /// Calls again for as long as a signal interrupts the call; answers 0 or the value of `errno`.
  static func number(_ call: () -> CInt) -> CInt {
    while call() < 0 {
      if errno != EINTR { return errno }
    }
    return 0
  }
}

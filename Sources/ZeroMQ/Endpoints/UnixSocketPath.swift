#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The file of a Unix socket: is it free, dead or alive?
///
/// `zmq_bind` removes whatever is at an ipc path, also the socket of a process that is alive, which
/// then serves nobody without noticing. Hence this check before every bind.
struct UnixSocketPath {
  let path: String

  /// The directory of the path.
  var directory: String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// Makes the path free to bind: a socket at which nobody answers is removed.
  ///
  /// - Throws: ``ZeroMQError/Code/addressInUse`` if somebody answers or if the file is no socket.
  func makeFree() throws(ZeroMQError) {
    guard try isSocket() else { return }
    switch connectOnce() {
    case ECONNREFUSED: try removeSocket()
    case ENOENT: return
    case 0, EAGAIN, EINPROGRESS:
      throw inUse("another process answers at this path")
    case let number:
      throw ZeroMQError(number: number, call: "connect", endpoint: path)
    }
  }

  /// Removes the file, which must be a socket or gone.
  func removeSocket() throws(ZeroMQError) {
    guard try isSocket() else { return }
    guard unlink(path) == 0 || errno == ENOENT else {
      throw ZeroMQError(number: errno, call: "unlink", endpoint: path)
    }
  }

  /// False if there is nothing at the path.
  private func isSocket() throws(ZeroMQError) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return false }
      throw ZeroMQError(number: errno, call: "lstat", endpoint: path)
    }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw inUse("a file that is no socket is at this path")
    }
    return true
  }

  private func inUse(_ reason: String) -> ZeroMQError {
    ZeroMQError(
      .addressInUse, call: "bind", endpoint: "ipc://\(path)", reason: reason,
      remedy: ZeroMQError.Code.addressInUse.remedy)
  }

  /// The error number of one attempt to connect, 0 for success.
  private func connectOnce() -> Int32 {
    #if canImport(Glibc)
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    #else
    let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    let flags = fcntl(descriptor, F_GETFL)
    // Not blocking: a listener with a full queue is alive.
    guard fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0,
      fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
    else { return errno }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count <= Endpoint.maximumPathLength else { return ENAMETOOLONG }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return retryingInterrupts { connect(descriptor, generic, size) } == 0 ? 0 : errno
      }
    }
  }
}

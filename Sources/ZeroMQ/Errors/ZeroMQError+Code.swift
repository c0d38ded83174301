import CZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension ZeroMQError {
  /// The classes of failures.
  package enum Code: String, Sendable {
    /// Somebody else is bound to this address.
    case addressInUse
    /// No interface of this host has this address.
    case addressNotAvailable
    /// The operating system does not allow it.
    case permissionDenied
    /// A directory of the path, or the peer of an inproc name, does not exist.
    case notFound
    /// An ipc path is longer than the operating system's limit.
    case pathTooLong
    /// An endpoint that cannot be understood.
    case invalidEndpoint
    /// A directory that others could enter.
    case insecureDirectory
    /// An address beyond this host without encryption.
    case insecureAddress
    /// A host name that stands for no address, at least for now.
    case nameNotResolved
    /// An option outside its range.
    case invalidOption
    /// A key that is not 40 characters of Z85.
    case invalidKey
    /// The process has no descriptors left, or the context no sockets.
    case tooManyOpenFiles
    /// Memory, or another resource of the system, is used up.
    case outOfMemory
    /// A message larger than the limit set in the options.
    case messageTooLarge
    /// A message of more frames than the receiver asked for.
    case tooManyFrames
    /// Frames of a message that should have arrived together did not.
    case brokenMessage
    /// The context is being shut down: close the socket and leave.
    case contextTerminated
    /// The context did not terminate in time.
    case terminationTimedOut
    /// This libzmq lacks something, such as CURVE.
    case notSupported
    /// Anything else; ``ZeroMQError/number`` tells.
    case other
  }

  /// libzmq's words for an error number.
  static func reason(of number: Int32) -> String {
    guard let words = zmq_strerror(number) else { return "error \(number)" }
    return String(cString: words)
  }

  /// The error that libzmq's last call on this thread left.
  static func last(_ call: String, endpoint: String? = nil) -> ZeroMQError {
    ZeroMQError(number: zmq_errno(), call: call, endpoint: endpoint)
  }
}

extension ZeroMQError.Code {
  init(number: Int32) {
    self =
      switch number {
      case EADDRINUSE: .addressInUse
      case EADDRNOTAVAIL, ENODEV, ENETUNREACH, EHOSTUNREACH: .addressNotAvailable
      case EACCES, EPERM: .permissionDenied
      case ENOENT, ECONNREFUSED, ENOTDIR: .notFound
      case ENAMETOOLONG: .pathTooLong
      case EPROTONOSUPPORT, ENOCOMPATPROTO: .invalidEndpoint
      case EINVAL: .invalidOption
      case EMFILE, ENFILE: .tooManyOpenFiles
      case ENOMEM, ENOBUFS, ENOSPC: .outOfMemory
      case EMSGSIZE: .messageTooLarge
      case ETERM: .contextTerminated
      case ENOTSUP: .notSupported
      default: .other
      }
  }

  /// What a user can do about a failure of this class; empty where there is nothing to say.
  var remedy: String {
    switch self {
    case .addressInUse: "stop the process that uses this address, or choose another address"
    case .addressNotAvailable:
      "give a numeric address or the name of an interface of this host, or * for all"
    case .permissionDenied: "check the owner and mode of the directory, or use a port above 1023"
    case .notFound: "create the directory first, or bind the address before connecting to it"
    case .pathTooLong: "choose a shorter directory, for example one below /tmp"
    case .invalidEndpoint: "write inproc://name, ipc:///path or tcp://host:port"
    case .tooManyOpenFiles: "raise the limit of open files (ulimit -n), or use fewer workers"
    case .outOfMemory: "free memory or disk, or use smaller partitions"
    case .messageTooLarge: "use smaller partitions, or raise the largest message size"
    case .contextTerminated: "close the socket; the process is shutting down"
    case .notSupported: "install a libzmq built with this feature"
    case .insecureDirectory, .insecureAddress, .invalidOption, .invalidKey, .tooManyFrames,
      .brokenMessage, .terminationTimedOut, .nameNotResolved, .other:
      ""
    }
  }
}

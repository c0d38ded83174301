#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Decides which clients the encrypted sockets of a context admit: those on its list.
///
/// It answers libzmq's questions on a thread of its own, from its creation until it is let go;
/// every encrypted server socket holds on to it. One for each context. A client that is denied is
/// kept waiting for half a second, cut off without a word, and tries again: it gets in by itself once
/// its key is listed.
///
/// Source: ZeroMQ RFC 27/ZAP.
package final class ZAPHandler: Sendable {
  /// The ZAP domain of every server socket.
  static let domain = Array("millrace".utf8)

  private let context: Context
  private let admission: Admission
  private let thread: NativeThread
  /// The ends of a pipe. A byte tells the thread that the list has changed; closing the writing end
  /// ends it. The reading end stays open until then: writing could not fail, nor raise SIGPIPE.
  private let readingEnd: CInt
  private let writingEnd: CInt

  /// Starts to answer.
  ///
  /// - Parameter allowed: the public keys of the clients to admit; none at first, if empty.
  /// - Throws: ``ZeroMQError``: the context has a handler already, or no descriptor or thread is
  ///   left.
  package init(_ context: Context, allowing allowed: Set<CurvePublicKey>) throws(ZeroMQError) {
    var socket = try Socket<Router>(context)
    try socket.bind(to: .inproc(name: "zeromq.zap.01"))
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { throw ZeroMQError(number: errno, call: "pipe") }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    let admission = Admission(allowed)
    do {
      let responder = ZAPResponder(socket, admission: admission, signal: ends[0])
      thread = try NativeThread(name: "zmq-zap") { responder.run() }
    } catch {
      for end in ends { close(end) }
      throw error
    }
    self.context = context
    self.admission = admission
    (readingEnd, writingEnd) = (ends[0], ends[1])
  }

  deinit {
    close(writingEnd)
    thread.join()
    close(readingEnd)
  }

  /// Admits the clients with these keys from now on, and no others. Connections that were
  /// admitted before stay, see ``Socket/cutOffPeers(at:)``.
  package func replaceAllowed(with keys: Set<CurvePublicKey>) {
    admission.replaceAllowed(with: keys)
    var byte: UInt8 = 0
    // It fails only where the pipe is full, and then the thread will look anyway.
    _ = retryingInterrupts { CInt(clamping: write(writingEnd, &byte, 1)) }
  }

  /// Whether a client with this key is admitted now; for messages of clients admitted before.
  package func isAllowed(_ key: CurvePublicKey) -> Bool { admission.isAllowed(key) }

  /// The number of clients denied so far; one that tries again counts each time.
  package var denialCount: Int { admission.denialCount }

  /// The clients denied last, the oldest first; 32 at most.
  package var recentDenials: [ZAPDenial] { admission.recentDenials }

  /// Refuses a server socket whose clients this handler would not be asked about.
  func checkServes(_ other: Context) throws(ZeroMQError) {
    guard context === other else {
      throw ZeroMQError(
        .invalidOption, call: "Socket", endpoint: "security",
        reason: "the handler belongs to another context, so that any client would be admitted",
        remedy: "make one handler for each context")
    }
  }
}

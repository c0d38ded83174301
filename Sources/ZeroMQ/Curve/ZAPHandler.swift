#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Decides which clients the encrypted sockets of a context admit: those on its list.
///
/// It answers libzmq's questions on a thread of its own, from its creation until it is let go;
/// every encrypted server socket holds on to it. One for each context. A client that was denied
/// does not try again: it has to connect anew once its key is listed.
///
/// Source: ZeroMQ RFC 27/ZAP.
package final class ZAPHandler: Sendable {
  /// The ZAP domain of every server socket.
  static let domain = Array("millrace".utf8)

  private let context: Context
  private let admission: Admission
  private let thread: NativeThread
  /// Closing it wakes the thread up and ends it.
  private let stopDescriptor: CInt

  /// Starts to answer.
  ///
  /// - Parameter allowed: the public keys of the clients to admit; none at first, if empty.
  /// - Throws: ``ZeroMQError``: the context has a handler already, or no descriptor or thread is
  ///   left.
  package init(_ context: Context, allowing allowed: Set<CurvePublicKey>) throws(ZeroMQError) {
    var socket = try Socket<Reply>(context)
    try socket.bind(to: .inproc(name: "zeromq.zap.01"))
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { throw ZeroMQError(number: errno, call: "pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let admission = Admission(allowed)
    do {
      let responder = ZAPResponder(socket, admission: admission, stopDescriptor: ends[0])
      thread = try NativeThread(name: "zmq-zap") { responder.run() }
    } catch {
      close(ends[1])
      throw error
    }
    self.context = context
    self.admission = admission
    stopDescriptor = ends[1]
  }

  deinit {
    close(stopDescriptor)
    thread.join()
  }

  /// Admits the clients with these keys from now on, and no others. Connections that were
  /// admitted before stay.
  package func replaceAllowed(with keys: Set<CurvePublicKey>) {
    admission.replaceAllowed(with: keys)
  }

  /// The number of clients denied so far.
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

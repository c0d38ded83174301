#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The thread of a ``ZAPHandler``: receives questions and answers each.
///
/// Source: ZeroMQ RFC 27/ZAP.
final class ZAPResponder {
  private var socket: Socket<Router>
  private let admission: Admission
  private let signal: CInt
  private var held = HeldClients()
  private var answer = Multipart(maximumFrames: ZAPQuestion.answerFrames)

  /// Takes over the socket and borrows the reading end of a pipe, not blocking: a byte tells that the
  /// list has changed, and its closing ends ``run()``.
  init(_ socket: consuming Socket<Router>, admission: Admission, signal: CInt) {
    self.socket = socket
    self.admission = admission
    self.signal = signal
  }

  /// Answers until the pipe is closed or the context is shut down.
  ///
  /// After any other failure it stays, silent, with its socket open: questions without an answer
  /// end in handshakes that time out, whereas without a socket libzmq would admit anybody.
  func run() {
    do {
      try answerAll()
    } catch  where error.code == .contextTerminated {
      return
    } catch {
      waitForStop()
    }
  }

  private func answerAll() throws(ZeroMQError) {
    var poller = Poller()
    let questions = try poller.add(socket, for: .readable)
    let signals = try poller.add(fileDescriptor: signal, for: .readable)
    var message = Multipart(maximumFrames: 16)
    while true {
      _ = try poller.poll(timeout: held.wait)
      if !poller.events(at: signals).isEmpty {
        guard readSignals() else { return }
        for question in held.take(where: isAllowed) { try send(true, to: question) }
      }
      for question in held.takeDue() { try send(isAllowed(question), to: question) }
      guard poller.isReadable(questions), try socket.receive(into: &message) else { continue }
      if let question = ZAPQuestion(message) { try decide(question) }
    }
  }

  private func decide(_ question: ZAPQuestion) throws(ZeroMQError) {
    if admission.admits(question.key, from: question.address) {
      try send(true, to: question)
    } else if !held.hold(question) {
      try send(false, to: question)
    }
  }

  private func isAllowed(_ question: ZAPQuestion) -> Bool {
    question.key.map(admission.isAllowed) ?? false
  }

  private func send(_ admitted: Bool, to question: ZAPQuestion) throws(ZeroMQError) {
    question.answer(admitted: admitted, into: &answer)
    // A ROUTER drops the answer to somebody who is gone; it never waits.
    _ = try socket.send(&answer)
    answer.removeAll()
  }

  /// Takes the bytes out of the pipe; false if it is closed.
  private func readSignals() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 64)
    while true {
      let count = read(signal, &bytes, bytes.count)
      if count == 0 { return false }
      if count < 0 { return errno == EAGAIN || errno == EINTR }
    }
  }

  private func waitForStop() {
    var descriptor = pollfd(fd: signal, events: Int16(POLLIN), revents: 0)
    repeat {
      while poll(&descriptor, 1, -1) == -1, errno == EINTR {}
    } while readSignals()
  }
}

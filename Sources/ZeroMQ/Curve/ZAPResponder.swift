#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The thread of a ``ZAPHandler``: receives questions and answers each.
///
/// Source: ZeroMQ RFC 27/ZAP.
final class ZAPResponder {
  private var socket: Socket<Reply>
  private let admission: Admission
  private let stopDescriptor: CInt

  /// Takes over the socket and the reading end of a pipe, whose closing ends ``run()``.
  init(_ socket: consuming Socket<Reply>, admission: Admission, stopDescriptor: CInt) {
    self.socket = socket
    self.admission = admission
    self.stopDescriptor = stopDescriptor
  }

  deinit {
    close(stopDescriptor)
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
    let stop = try poller.add(fileDescriptor: stopDescriptor, for: .readable)
    var question = Multipart(maximumFrames: 16)
    var answer = Multipart(maximumFrames: 6)
    while true {
      _ = try poller.poll(timeout: nil)
      guard poller.events(at: stop).isEmpty else { return }
      guard poller.isReadable(questions), try socket.receive(into: &question) else { continue }
      answerOne(question, into: &answer)
      // A REP socket drops the answer to somebody who is gone; it never waits.
      _ = try socket.send(&answer)
    }
  }

  /// Frames of a question: version, request, domain, address, identity, mechanism, key.
  private func answerOne(_ question: borrowing Multipart, into answer: inout Multipart) {
    let wellFormed = question.count >= 6 && text(question, 0) == "1.0"
    let request = question.count >= 2 ? bytes(question, 1) : []
    var key: CurvePublicKey?
    if wellFormed, text(question, 5) == "CURVE", question.count == 7 {
      key = question.withUnsafeBytes(ofFrame: 6) { CurvePublicKey(bytes: $0) }
    }
    let admitted = admission.admits(key, from: question.count >= 4 ? text(question, 3) : "")
    answer.append(Message(copying: Array("1.0".utf8)))
    answer.append(Message(copying: request))
    answer.append(Message(copying: Array((admitted ? "200" : "400").utf8)))
    answer.append(Message(copying: Array((admitted ? "OK" : "not on the allow-list").utf8)))
    answer.append(Message(copying: admitted ? Array((key?.z85 ?? "").utf8) : []))
    answer.append(Message())
  }

  private func bytes(_ message: borrowing Multipart, _ index: Int) -> [UInt8] {
    message.withUnsafeBytes(ofFrame: index) { Array($0) }
  }

  private func text(_ message: borrowing Multipart, _ index: Int) -> String {
    message.withUnsafeBytes(ofFrame: index) { String(decoding: $0, as: UTF8.self) }
  }

  private func waitForStop() {
    var descriptor = pollfd(fd: stopDescriptor, events: Int16(POLLIN), revents: 0)
    while poll(&descriptor, 1, -1) == -1, errno == EINTR {}
  }
}

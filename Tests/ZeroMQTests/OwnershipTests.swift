import Testing
import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

private func isSendable<Value: ~Copyable>(_: Value.Type) -> Bool { false }
private func isSendable<Value: ~Copyable & Sendable>(_: Value.Type) -> Bool { true }
private func isCopyable<Value: ~Copyable>(_: Value.Type) -> Bool { false }
private func isCopyable<Value>(_: Value.Type) -> Bool { true }

@Suite("Sockets belong to one thread, and to no child process")
struct OwnershipTests {
  @Test("the type system keeps sockets on one thread and lets messages move")
  func types() {
    #expect(!isSendable(PushSocket.self) && !isCopyable(PushSocket.self))
    #expect(!isSendable(PullSocket.self) && !isCopyable(PullSocket.self))
    #expect(!isSendable(PublishSocket.self) && !isCopyable(PublishSocket.self))
    #expect(!isSendable(SubscribeSocket.self) && !isCopyable(SubscribeSocket.self))
    #expect(!isSendable(Poller.self) && !isCopyable(Poller.self))
    #expect(!isSendable(SocketMonitor.self) && !isCopyable(SocketMonitor.self))
    #expect(isSendable(Message.self) && !isCopyable(Message.self))
    #expect(isSendable(SharedMessage.self))
    #expect(isSendable(Context.self))
  }

  /// Takes a socket past the compiler's check.
  private final class Smuggler: @unchecked Sendable {
    var push: PushSocket

    init(_ push: consuming PushSocket) { self.push = push }
  }

  @Test("a socket that two threads use traps")
  func twoThreads() async {
    await #expect(processExitsWith: .failure) {
      let smuggler = Smuggler(try PushSocket(Context()))
      _ = try smuggler.push.send(Message())
      TestThread { _ = try? smuggler.push.send(Message()) }.join()
    }
  }

  @Test("a socket may be set up on one thread and used on another")
  func handedOver() throws {
    try withContext { context, directory in
      var push = try PushSocket(context)
      try push.connect(to: try directory.endpoint("lane"))
      let smuggler = Smuggler(push)
      let outcome = Shared<SendOutcome?>(nil)
      TestThread { outcome.value = try? smuggler.push.send(frame("hello")) }.join()
      #expect(outcome.value == .sent)
      var pull = try PullSocket(context)
      try pull.bind(to: try directory.endpoint("lane"))
      #expect(try nextMessage(&pull) == [bytes("hello")])
    }
  }

  #if os(Linux)
  /// How many event descriptors and sockets a child that is spawned now has.
  private static func countInherited() -> CInt {
    let script =
      "n=0; for f in /proc/self/fd/*; do case $f in */0|*/1|*/2) continue;; esac; "
      + "case $(readlink $f) in *eventfd*|*eventpoll*|socket:*) n=$((n+1));; esac; done; exit $n"
    var arguments: [UnsafeMutablePointer<CChar>?] = [
      strdup("/bin/sh"), strdup("-c"), strdup(script), nil,
    ]
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    let spawned = posix_spawn(&child, "/bin/sh", nil, nil, &arguments, environ)
    precondition(spawned == 0, "posix_spawn: \(spawned)")
    var status: CInt = 0
    while waitpid(child, &status, 0) == -1, errno == EINTR {}
    return status >> 8
  }

  @Test("a child that is spawned inherits no descriptor of a context")
  func spawned() async {
    // In a process of its own: others open descriptors while tests run.
    await #expect(processExitsWith: .success) {
      let before = Self.countInherited()
      try withContext { context, directory in
        var pull = try PullSocket(context)
        try pull.bind(to: try directory.endpoint("lane"))
        var push = try PushSocket(context)
        try push.connect(to: try directory.endpoint("lane"))
        let handler = try ZAPHandler(context, allowing: [])
        #expect(try push.send(frame("hello")) == .sent)
        #expect(try waitReadable(pull))
        #expect(Self.countInherited() == before)
        #expect(handler.denialCount == 0)
      }
    }
  }
  #endif
}

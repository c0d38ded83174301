import Testing
import ZeroMQ

@Suite("A context ends in bounded time")
struct ContextTests {
  @Test("messages that nobody takes are given up after the linger", arguments: [0, 150])
  func lingerIsBounded(milliseconds: Int) throws {
    let clock = ContinuousClock()
    var start = clock.now
    try withContext { context, directory in
      var options = SocketOptions()
      options.linger = .milliseconds(milliseconds)
      var push = try PushSocket(context, options: options)
      try push.connect(to: try directory.endpoint("nobody"))
      for _ in 0..<10 { #expect(try push.send(frame("undelivered")) == .sent) }
      start = clock.now
    }
    let elapsed = clock.now - start
    #expect(elapsed >= .milliseconds(milliseconds - 10))
    #expect(elapsed < .milliseconds(milliseconds) + .seconds(3))
  }

  @Test("a peer that does not read does not hold up the end either")
  func lingerWithStuckPeer() throws {
    let clock = ContinuousClock()
    var start = clock.now
    try withContext { context, directory in
      var options = SocketOptions()
      options.linger = .milliseconds(100)
      options.receiveHighWaterMark = 1
      var pull = try PullSocket(context, options: options)
      try pull.bind(to: try directory.endpoint("stuck"))
      var push = try PushSocket(context, options: options)
      try push.connect(to: try directory.endpoint("stuck"))
      for _ in 0..<100 {
        _ = try push.send(Message(copying: [UInt8](repeating: 0, count: 50_000)))
      }
      start = clock.now
    }
    #expect(clock.now - start < .seconds(3))
  }

  @Test("what was sent before a close arrives although the socket is gone")
  func lingerDelivers() throws {
    try withContext { context, directory in
      do {
        var push = try PushSocket(context)
        try push.connect(to: try directory.endpoint("lane"))
        for number in 0..<100 { #expect(try push.send(frame("\(number)")) == .sent) }
      }
      var pull = try PullSocket(context)
      try pull.bind(to: try directory.endpoint("lane"))
      for number in 0..<100 { #expect(try nextMessage(&pull) == [bytes("\(number)")]) }
    }
  }

  @Test("a socket can be closed without waiting for its messages")
  func closeWithoutLinger() throws {
    let clock = ContinuousClock()
    let start = clock.now
    try withContext { context, directory in
      var options = SocketOptions()
      options.linger = .seconds(60)
      var push = try PushSocket(context, options: options)
      try push.connect(to: try directory.endpoint("nobody"))
      #expect(try push.send(frame("undelivered")) == .sent)
      try push.close(linger: .zero)
    }
    #expect(clock.now - start < .seconds(3))
  }

  @Test("sockets left open are named instead of waited for")
  func openSocketsAreNamed() throws {
    let context = try Context()
    let pull = try PullSocket(context)
    let push = try PushSocket(context)
    let error = zeroMQError { try context.terminate(within: .milliseconds(30)) }
    #expect(error?.code == .terminationTimedOut)
    #expect(error?.description.contains("1 PULL, 1 PUSH") == true)
    _ = consume push
    _ = consume pull
    try context.terminate()
    try context.terminate()
    #expect(zeroMQError { _ = try PullSocket(context) }?.code == .contextTerminated)
  }

  @Test("a shutdown wakes a thread that waits for ever")
  func shutdownWakes() throws {
    try withContext { context, _ in
      let waiting = Shared(false)
      let outcome = Shared<ZeroMQError?>(nil)
      let thread = TestThread {
        do {
          let pull = try PullSocket(context)
          var poller = Poller()
          _ = try poller.add(pull, for: .readable)
          waiting.value = true
          _ = try poller.poll(timeout: nil)
        } catch let error as ZeroMQError {
          outcome.value = error
        } catch {
          Issue.record(error)
        }
      }
      #expect(waiting.waits { $0 })
      context.shutdown()
      thread.join()
      #expect(outcome.value?.code == .contextTerminated)
    }
  }

  @Test("a dropped context ends by itself once its sockets are closed")
  func droppedContext() throws {
    weak var ended: Context?
    do {
      let context = try Context()
      ended = context
      var pull = try PullSocket(context)
      try pull.bind(to: .inproc(name: "a"))
    }
    #expect(ended == nil)
  }
}

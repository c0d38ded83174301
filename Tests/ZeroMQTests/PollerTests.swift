import Synchronization
import Testing
import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Signals that have reached the waiting thread.
private let deliveredSignals = Atomic<Int>(0)

@Suite("A poller waits for sockets and descriptors, whatever signals come")
struct PollerTests {
  @Test("sockets and descriptors are told apart by their slots")
  func slots() throws {
    try withContext { context, directory in
      var pull = try PullSocket(context)
      try pull.bind(to: try directory.endpoint("lane"))
      var push = try PushSocket(context)
      try push.connect(to: try directory.endpoint("lane"))
      var ends: [CInt] = [0, 0]
      #expect(pipe(&ends) == 0)
      defer {
        close(ends[0])
        close(ends[1])
      }
      var poller = Poller()
      let lane = try poller.add(pull, for: .readable)
      let inbox = try poller.add(fileDescriptor: ends[0], for: .readable)
      #expect(try poller.poll(timeout: .zero) == 0)

      #expect(write(ends[1], "x", 1) == 1)
      #expect(try poller.poll(timeout: patience) == 1)
      #expect(poller.isReadable(inbox) == true)
      #expect(poller.events(at: lane).isEmpty)
      var byte: UInt8 = 0
      #expect(read(ends[0], &byte, 1) == 1)

      #expect(try push.send(frame("hello")) == .sent)
      #expect(try poller.poll(timeout: patience) == 1)
      #expect(poller.isReadable(lane) == true)
      #expect(poller.events(at: inbox).isEmpty)

      poller.setEvents([], at: lane)
      #expect(try poller.poll(timeout: .zero) == 0)
      poller.setEvents(.readable, at: lane)
      #expect(try poller.poll(timeout: .zero) == 1)
      poller.remove(lane)
      #expect(try poller.poll(timeout: .zero) == 0)

      let again = try poller.add(pull, for: .readable)
      #expect(again == lane)
      #expect(try poller.poll(timeout: .zero) == 1)
      #expect(poller.isReadable(again) == true)
    }
  }

  @Test("what is left in a socket is found, whether a signal tells of it or not")
  func leftovers() throws {
    try withContext { context, directory in
      var pull = try PullSocket(context)
      try pull.bind(to: try directory.endpoint("lane"))
      var push = try PushSocket(context)
      try push.connect(to: try directory.endpoint("lane"))
      var poller = Poller()
      let lane = try poller.add(pull, for: .readable)
      defer { poller.remove(lane) }
      var message = Multipart(maximumFrames: 1)
      for round in 1...20 {
        for _ in 0..<3 { #expect(try push.send(frame("hello")) == .sent) }
        var count = 0
        while count < 3 {
          #expect(try poller.poll(timeout: patience) == 1, "round \(round)")
          // Some are left, of which no signal tells again.
          guard try pull.receive(into: &message) else { break }
          count += 1
        }
        #expect(count == 3)
        // In every other round the socket is read to its end, and signals from then on.
        if round.isMultiple(of: 2) { #expect(try !pull.receive(into: &message)) }
        #expect(try poller.poll(timeout: .zero) == 0)
      }
      // A call that handles the signal does not hide the message.
      #expect(try push.send(frame("hello")) == .sent)
      #expect(try poller.poll(timeout: patience) == 1)
      _ = try pull.lastEndpoint()
      try pull.bind(to: try directory.endpoint("another"))
      #expect(try poller.poll(timeout: .zero) == 1)
    }
  }

  @Test("a socket that closes leaves the poller, and its slot stays silent")
  func closedSocket() throws {
    try withContext { context, _ in
      var poller = Poller()
      var other = try PullSocket(context)
      try other.bind(to: .inproc(name: "other"))
      let kept = try poller.add(other, for: .readable)
      let slot: PollSlot
      do {
        var pull = try PullSocket(context)
        try pull.bind(to: .inproc(name: "lane"))
        var push = try PushSocket(context)
        try push.connect(to: .inproc(name: "lane"))
        slot = try poller.add(pull, for: .readable)
        #expect(try push.send(frame("unread")) == .sent)
        #expect(try poller.poll(timeout: patience) == 1)
      }
      #expect(try poller.poll(timeout: .zero) == 0)
      #expect(poller.events(at: slot).isEmpty)
      let next = try PullSocket(context)
      #expect(try poller.add(next, for: .readable) != slot)
      poller.remove(slot)
      #expect(poller.events(at: kept).isEmpty)
    }
  }

  @Test("hundreds of lanes can be polled at once")
  func manySockets() throws {
    try withContext { context, _ in
      var poller = Poller()
      var push = try PushSocket(context)
      var lanes: [(slot: PollSlot, socket: SocketBox)] = []
      for number in 0..<200 {
        var pull = try PullSocket(context)
        try pull.bind(to: .inproc(name: "lane-\(number)"))
        lanes.append((try poller.add(pull, for: .readable), SocketBox(pull)))
      }
      try push.connect(to: .inproc(name: "lane-137"))
      #expect(try push.send(frame("hello")) == .sent)
      #expect(try poller.poll(timeout: patience) == 1)
      let ready = lanes.indices.filter { poller.isReadable(lanes[$0].slot) }
      #expect(ready == [137])
      for index in stride(from: 0, to: 200, by: 2) { poller.remove(lanes[index].slot) }
      #expect(try poller.poll(timeout: .zero) == 1)
    }
  }

  private final class SocketBox {
    let socket: PullSocket

    init(_ socket: consuming PullSocket) { self.socket = socket }
  }

  @Test("a pipe whose other end is closed is reported")
  func hangUp() throws {
    var ends: [CInt] = [0, 0]
    #expect(pipe(&ends) == 0)
    var poller = Poller()
    let slot = try poller.add(fileDescriptor: ends[0], for: .readable)
    close(ends[1])
    #expect(try poller.poll(timeout: patience) == 1)
    #expect(poller.events(at: slot).contains(.failed))
    poller.remove(slot)
    close(ends[0])
  }

  @Test("signals neither end a wait nor make it longer")
  func signals() throws {
    var action = sigaction()
    #if canImport(Glibc)
    action.__sigaction_handler.sa_handler = { _ in deliveredSignals.add(1, ordering: .relaxed) }
    #else
    action.__sigaction_u.__sa_handler = { _ in deliveredSignals.add(1, ordering: .relaxed) }
    #endif
    #expect(sigaction(SIGUSR1, &action, nil) == 0)
    try withContext { context, _ in
      var push = try PushSocket(context)
      try push.bind(to: .inproc(name: "lane"))
      let started = Shared(false)
      let waited = Shared<Duration?>(nil)
      let result = Shared<String?>(nil)
      let thread = TestThread {
        do {
          var pull = try PullSocket(context)
          try pull.connect(to: .inproc(name: "lane"))
          var poller = Poller()
          let slot = try poller.add(pull, for: .readable)
          // Threads of tests start with all signals blocked.
          var signals = sigset_t()
          sigemptyset(&signals)
          sigaddset(&signals, SIGUSR1)
          pthread_sigmask(SIG_UNBLOCK, &signals, nil)
          started.value = true
          let start = ContinuousClock.now
          let none = try poller.poll(timeout: .milliseconds(100))
          waited.value = ContinuousClock.now - start
          let one = try poller.poll(timeout: nil)
          var message = Multipart(maximumFrames: 1)
          let received = try pull.receive(into: &message)
          result.value = "\(none) \(one) \(poller.isReadable(slot)) \(received)"
        } catch {
          result.value = "\(error)"
        }
      }
      #expect(started.waits { $0 })
      let deadline = ContinuousClock.now + patience
      while waited.value == nil, ContinuousClock.now < deadline {
        thread.signal(SIGUSR1)
        sched_yield()
      }
      for _ in 0..<100 {
        thread.signal(SIGUSR1)
        sched_yield()
      }
      #expect(result.value == nil)
      #expect(try push.send(frame("hello")) == .sent)
      thread.join()
      #expect(result.value == "0 1 true true")
      #expect(deliveredSignals.load(ordering: .relaxed) > 0)
      let time = try #require(waited.value)
      #expect(time >= .milliseconds(99))
      #expect(time < .seconds(3))
    }
  }
}
